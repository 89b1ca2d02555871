import type { NormalizedSchema } from '@smithy/core/schema';
import { notInModel } from './malformed.js';
import { readText } from './text-values.js';

/** Form fields as the tree that their dotted names spell. */
interface FormNode {
  value?: string;
  readonly children: Map<string, FormNode>;
}

/** How EC2's form fields differ from every other service's. */
export type FormDialect = 'awsQuery' | 'ec2Query';

/** Reads the input of an operation out of the fields of a Query request. */
export const readForm = (schema: NormalizedSchema, fields: URLSearchParams, dialect: FormDialect): object => {
  const root: FormNode = { children: new Map() };
  for (const [name, value] of fields) {
    if (!envelope.has(name)) plant(root, name.split('.'), value);
  }
  return readStruct(schema, root, dialect);
};

/** Fields of the request itself, and of its signature where that travels with them. */
const envelope = new Set(['Action', 'Version', 'AWSAccessKeyId', 'Signature', 'SignatureMethod', 'SignatureVersion', 'Timestamp',
  'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature', 'X-Amz-Security-Token']); // prettier-ignore

const plant = (root: FormNode, path: readonly string[], value: string): void => {
  let node = root;
  for (const part of path) {
    const next = node.children.get(part) ?? { children: new Map<string, FormNode>() };
    node.children.set(part, next);
    node = next;
  }
  node.value = value;
};

const read = (schema: NormalizedSchema, node: FormNode, dialect: FormDialect): unknown => {
  if (schema.isStructSchema()) return readStruct(schema, node, dialect);
  if (schema.isListSchema()) return readList(schema, node, dialect);
  if (schema.isMapSchema()) return readMap(schema, node, dialect);
  return readText(schema, node.value ?? '', 'date-time');
};

const readStruct = (schema: NormalizedSchema, node: FormNode, dialect: FormDialect): Record<string, unknown> => {
  const found: Record<string, unknown> = {};
  const left = new Set(node.children.keys());
  for (const [name, member] of schema.structIterator()) {
    const key = memberKey(name, member, dialect);
    const child = node.children.get(key);
    left.delete(key);
    if (child) found[name] = read(member, child, dialect);
  }
  for (const unknown of left) throw notInModel(schema.getName(), unknown);
  return found;
};

const memberKey = (name: string, member: NormalizedSchema, dialect: FormDialect): string => {
  const { xmlName, ec2QueryName }: { xmlName?: string; ec2QueryName?: string } = member.getMergedTraits();
  if (dialect === 'awsQuery') return xmlName ?? name;
  const key = xmlName ?? name;
  return ec2QueryName ?? key.charAt(0).toUpperCase() + key.slice(1);
};

/** Items are numbered from 1; an empty list is its name with an empty value. */
const inOrder = (node: FormNode | undefined): FormNode[] =>
  [...(node?.children ?? [])]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);

const isFlat = (schema: NormalizedSchema, dialect: FormDialect): boolean =>
  dialect === 'ec2Query' || Boolean(schema.getMergedTraits().xmlFlattened);

const readList = (schema: NormalizedSchema, node: FormNode, dialect: FormDialect): unknown[] => {
  const item = schema.getValueSchema();
  const holder = isFlat(schema, dialect) ? node : node.children.get(item.getMergedTraits().xmlName ?? 'member');
  return inOrder(holder).map((child) => read(item, child, dialect));
};

const readMap = (schema: NormalizedSchema, node: FormNode, dialect: FormDialect): Record<string, unknown> => {
  const key = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const item = schema.getValueSchema();
  const value = item.getMergedTraits().xmlName ?? 'value';
  const entries = inOrder(schema.getMergedTraits().xmlFlattened ? node : node.children.get('entry'));
  return Object.fromEntries(
    entries.map((entry) => [
      entry.children.get(key)?.value ?? '',
      read(item, entry.children.get(value) ?? { children: new Map() }, dialect),
    ]),
  );
};
