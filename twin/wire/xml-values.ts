import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { NormalizedSchema } from '@smithy/core/schema';
import { malformed, notInModel } from './malformed.js';
import { readText, writeText } from './text-values.js';

/** An element: its text, or its attributes and children by name (a list where a name occurs more than once). */
type XmlNode = string | XmlElement;
interface XmlElement {
  [name: string]: XmlNode | XmlNode[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
});

/** Parses a document and gives its root element. @throws AwsError 400 `MalformedXML`. */
export const parseXml = (text: string): XmlNode => {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw malformed(`The XML you provided was not well-formed: ${valid.err.msg}`, 'MalformedXML');
  const document = parser.parse(text) as XmlElement;
  const root = Object.keys(document).find((name) => name !== '?xml' && name !== '#text');
  return root === undefined ? '' : first(document[root]!);
};

const first = (node: XmlNode | XmlNode[]): XmlNode => (Array.isArray(node) ? (node[0] ?? '') : node);
const all = (node: XmlNode | XmlNode[] | undefined): XmlNode[] => (node === undefined ? [] : Array.isArray(node) ? node : [node]);
const childOf = (node: XmlNode, name: string): XmlNode | XmlNode[] | undefined => (typeof node === 'string' ? undefined : node[name]);
const textOf = (node: XmlNode): string => (typeof node === 'string' ? node : ((node['#text'] as string | undefined) ?? ''));

/** The name of a member's element; a payload's is its own shape's. */
const elementName = (name: string, member: NormalizedSchema): string => member.getMemberTraits().xmlName ?? name;

/** Turns an element into the value that its schema describes. */
export const readXml = (schema: NormalizedSchema, node: XmlNode | XmlNode[]): unknown => {
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    const items = schema.getMergedTraits().xmlFlattened ? all(node) : all(childOf(first(node), item.getMergedTraits().xmlName ?? 'member'));
    return items.map((each) => readXml(item, each));
  }
  if (schema.isMapSchema()) return readMap(schema, node);
  if (schema.isStructSchema()) return readStruct(schema, first(node));
  return readText(schema, textOf(first(node)), 'date-time');
};

const readMap = (schema: NormalizedSchema, node: XmlNode | XmlNode[]): Record<string, unknown> => {
  const key = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const item = schema.getValueSchema();
  const value = item.getMergedTraits().xmlName ?? 'value';
  const entries = schema.getMergedTraits().xmlFlattened ? all(node) : all(childOf(first(node), 'entry'));
  return Object.fromEntries(entries.map((entry) => [textOf(first(childOf(entry, key) ?? '')), readXml(item, childOf(entry, value) ?? '')]));
};

const readStruct = (schema: NormalizedSchema, node: XmlNode): Record<string, unknown> => {
  const read: Record<string, unknown> = {};
  if (typeof node === 'string') return read;
  const left = new Set(Object.keys(node).filter((name) => name !== '#text' && !/^xmlns(:|$)/.test(name)));
  for (const [name, member] of schema.structIterator()) {
    const child = node[elementName(name, member)];
    left.delete(elementName(name, member));
    if (child !== undefined) read[name] = readXml(member, child);
  }
  for (const unknown of left) throw notInModel(schema.getName(), unknown);
  return read;
};

/** An element called `name` that holds `value`. */
export const writeXml = (name: string, schema: NormalizedSchema, value: unknown, attributes = ''): string => {
  if (schema.isListSchema()) return writeList(name, schema, value as unknown[], attributes);
  if (schema.isMapSchema()) return writeMap(name, schema, value as Record<string, unknown>, attributes);
  if (schema.isStructSchema()) {
    const { attributes: own, children } = writeMembers(schema, value as Record<string, unknown>);
    return element(name, children, attributes + namespaceOf(schema) + own);
  }
  return element(name, escapeXml(writeText(schema, value, 'date-time')), attributes);
};

/** The children and attributes of a structure's element; `only` leaves out members that travel elsewhere. */
export const writeMembers = (
  schema: NormalizedSchema,
  value: Record<string, unknown>,
  only: (member: NormalizedSchema) => boolean = () => true,
): { attributes: string; children: string } => {
  let attributes = '';
  let children = '';
  for (const [name, member] of schema.structIterator()) {
    const given = value[name];
    if (given === undefined || given === null || !only(member)) continue;
    const wire = elementName(name, member);
    if (member.getMergedTraits().xmlAttribute) attributes += ` ${wire}="${escapeXml(writeText(member, given, 'date-time'))}"`;
    else children += writeXml(wire, member, given);
  }
  return { attributes, children };
};

export const element = (name: string, children: string, attributes = ''): string => `<${name}${attributes}>${children}</${name}>`;

/** `\r` would otherwise be read as a line end. */
export const escapeXml = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#xD;')
    .replace(/\n/g, '&#xA;');

const writeList = (name: string, schema: NormalizedSchema, values: unknown[], attributes: string): string => {
  const item = schema.getValueSchema();
  const flat = schema.getMergedTraits().xmlFlattened;
  const itemName = flat ? name : (item.getMergedTraits().xmlName ?? 'member');
  const items = values.filter((each) => each !== undefined && each !== null).map((each) => writeXml(itemName, item, each));
  return flat ? items.join('') : element(name, items.join(''), attributes);
};

const writeMap = (name: string, schema: NormalizedSchema, map: Record<string, unknown>, attributes: string): string => {
  const key = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const item = schema.getValueSchema();
  const value = item.getMergedTraits().xmlName ?? 'value';
  const flat = schema.getMergedTraits().xmlFlattened;
  const entries = Object.entries(map)
    .filter(([, each]) => each !== undefined && each !== null)
    .map(([each, held]) => element(flat ? name : 'entry', element(key, escapeXml(each)) + writeXml(value, item, held)));
  return flat ? entries.join('') : element(name, entries.join(''), attributes);
};

const namespaceOf = (schema: NormalizedSchema): string => {
  const [prefix, uri] = (schema.getMergedTraits().xmlNamespace ?? []) as unknown as [string?, string?];
  return uri === undefined ? '' : ` ${prefix ? `xmlns:${prefix}` : 'xmlns'}="${uri}"`;
};
