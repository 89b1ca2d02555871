import { tag } from '@smithy/core/cbor';
import { NumericValue } from '@smithy/core/serde';
import type { NormalizedSchema } from '@smithy/core/schema';
import { malformed, notInModel } from './malformed.js';
import { readTimestamp, writeTimestamp } from './timestamps.js';

/** How JSON and CBOR differ once both are trees of plain values. */
export interface Notation {
  readonly cbor: boolean;
  /** REST JSON may rename members; the RPC protocols ignore such names. */
  readonly renames: boolean;
}

type Tree = Record<string, unknown>;

/** Turns a tree parsed from JSON or CBOR into the input of an operation. */
export const readStructured = (schema: NormalizedSchema, value: unknown, notation: Notation): unknown => {
  if (value === null || value === undefined) return undefined;
  if (schema.isStructSchema()) return readStruct(schema, value, notation);
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw malformed(`expected a list for ${schema.getName()}`);
    const item = schema.getValueSchema();
    return value.map((each) => (each === null ? null : readStructured(item, each, notation)));
  }
  if (schema.isMapSchema()) {
    const item = schema.getValueSchema();
    return Object.fromEntries(
      Object.entries(asTree(schema, value)).map(([key, each]) => [key, each === null ? null : readStructured(item, each, notation)]),
    );
  }
  return readSimple(schema, value);
};

/** Turns the output of an operation into a tree to print as JSON or CBOR. */
export const writeStructured = (schema: NormalizedSchema, value: unknown, notation: Notation): unknown => {
  if (value === null || value === undefined) return value;
  if (schema.isStructSchema()) {
    const tree: Tree = {};
    for (const [name, member] of schema.structIterator()) {
      const given = (value as Tree)[name];
      if (given !== undefined && given !== null) tree[wireName(name, member, notation)] = writeStructured(member, given, notation);
    }
    return tree;
  }
  if (schema.isListSchema()) return (value as unknown[]).map((each) => writeStructured(schema.getValueSchema(), each, notation));
  if (schema.isMapSchema()) {
    const item = schema.getValueSchema();
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, writeStructured(item, each, notation)]));
  }
  return writeSimple(schema, value, notation);
};

const wireName = (name: string, member: NormalizedSchema, { renames }: Notation): string =>
  (renames ? member.getMergedTraits().jsonName : undefined) ?? name;

const readStruct = (schema: NormalizedSchema, value: unknown, notation: Notation): Tree => {
  const tree = asTree(schema, value);
  const known = new Map([...schema.structIterator()].map(([name, member]) => [wireName(name, member, notation), { name, member }]));
  const read: Tree = {};
  for (const [key, each] of Object.entries(tree)) {
    const found = known.get(key);
    if (!found && key === '__type') continue;
    if (!found) throw notInModel(schema.getName(), key);
    const given = readStructured(found.member, each, notation);
    if (given !== undefined) read[found.name] = given;
  }
  return read;
};

const asTree = (schema: NormalizedSchema, value: unknown): Tree => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(`expected an object for ${schema.getName()}`);
  return value as Tree;
};

const readSimple = (schema: NormalizedSchema, value: unknown): unknown => {
  if (schema.isTimestampSchema()) return readTimestamp(schema, isTagged(value) ? value.value : value, 'epoch-seconds');
  if (schema.isBlobSchema()) return new Uint8Array(typeof value === 'string' ? Buffer.from(value, 'base64') : (value as Uint8Array));
  if (schema.isStringSchema()) return typeof value === 'string' ? value : wrong(schema, value, 'a string');
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? value : wrong(schema, value, 'true or false');
  if (schema.isNumericSchema())
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : wrong(schema, value, 'a number');
  return value;
};

const wrong = (schema: NormalizedSchema, value: unknown, expected: string): never => {
  throw malformed(`expected ${expected} for ${schema.isMemberSchema() ? schema.getMemberName() : schema.getName()}, not ${typeof value}`);
};

const isTagged = (value: unknown): value is { tag: number; value: unknown } =>
  typeof value === 'object' && value !== null && 'tag' in value;

const writeSimple = (schema: NormalizedSchema, value: unknown, { cbor }: Notation): unknown => {
  if (value instanceof Date && cbor) return tag({ tag: 1, value: value.getTime() / 1000 });
  if (value instanceof Date) return writeTimestamp(schema, value, 'epoch-seconds');
  if (value instanceof Uint8Array) return cbor ? value : Buffer.from(value).toString('base64');
  if (schema.isBlobSchema() && typeof value === 'string') return cbor ? Buffer.from(value) : Buffer.from(value).toString('base64');
  if (value instanceof NumericValue) return Number(value.string);
  if (schema.isStringSchema()) return String(value);
  return value;
};
