import { parseDocument, YAMLMap, type CollectionTag, type ScalarTag } from 'yaml';
import { validationError } from '../errors.js';

/** Short forms of the template language: `!Sub` is `Fn::Sub`; `!Ref` and `!Condition` keep their names. */
const shortForms = [
  'And',
  'Base64',
  'Cidr',
  'Condition',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Not',
  'Or',
  'Ref',
  'Select',
  'Split',
  'Sub',
  'Transform',
] as const;

const longForm = (name: string): string => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);

/** `!GetAtt Thing.Endpoint.Address` names the resource before the first dot and the attribute after it. */
const scalarArgument = (name: string, text: string): unknown => {
  const dot = text.indexOf('.');
  return name === 'GetAtt' && dot > 0 ? [text.slice(0, dot), text.slice(dot + 1)] : text;
};

const wrapped = (name: string, node: unknown): YAMLMap => {
  const map = new YAMLMap();
  map.set(longForm(name), node);
  return map;
};

const customTags: (ScalarTag | CollectionTag)[] = shortForms.flatMap((name) => [
  { tag: `!${name}`, resolve: (text: string) => ({ [longForm(name)]: scalarArgument(name, text) }) },
  { tag: `!${name}`, collection: 'seq' as const, resolve: (node: unknown) => wrapped(name, node) },
  { tag: `!${name}`, collection: 'map' as const, resolve: (node: unknown) => wrapped(name, node) },
]);

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw validationError('Template format error: JSON not well-formed.');
  }
};

const parseYaml = (body: string): unknown => {
  const document = parseDocument(body, { customTags, logLevel: 'silent' });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const at = problem.linePos?.[0];
    throw validationError(`Template format error: YAML not well-formed. (line ${at?.line ?? 1}, column ${at?.col ?? 1})`);
  }
  return document.toJS();
};

const refuseNulls = (value: unknown, path: string): void => {
  if (value === null) throw validationError(`Template format error: [${path}] 'null' values are not allowed in templates`);
  if (typeof value !== 'object') return;
  for (const [key, member] of Object.entries(value)) refuseNulls(member, `${path}/${key}`);
};

/**
 * The template's structure with short forms written out; JSON when it begins with a brace, as CloudFormation tells them apart.
 * @throws AwsError ValidationError for text that is neither JSON nor YAML, for unknown tags and for nulls.
 */
export const parseTemplate = (body: string): unknown => {
  const structure = body.trimStart().startsWith('{') ? parseJson(body) : parseYaml(body);
  if (typeof structure !== 'object' || structure === null || Array.isArray(structure)) {
    throw validationError('Template format error: unsupported structure.');
  }
  refuseNulls(structure, '');
  return structure;
};
