import type { NormalizedSchema } from '@smithy/core/schema';
import type { Chance } from '../../../twin/world/chance.js';

/** What a random value has to keep to so that its protocol can carry it at all. */
export interface Limits {
  readonly chance: Chance;
  /** Members that are left out. */
  readonly skips: (member: string) => boolean;
  /** Values left to make; an operation of EC2 could otherwise have thousands. */
  budget: { left: number };
}

const awkward = [
  'a b',
  'a&b=c;d',
  '<x/>]]>',
  `"q" 'r'`,
  'é漢😀',
  '%2F+/?#',
  'null',
  'true',
  '0',
  ' padded ',
  'two\nlines',
  'tab\there',
  'cr\r\nlf',
  '__proto_',
];

/** A random value of any shape: everything present that may be, within the budget. */
export const randomValue = (schema: NormalizedSchema, limits: Limits, depth = 0): unknown => {
  limits.budget.left--;
  if (schema.isStructSchema()) return randomStruct(schema, limits, depth);
  if (schema.isListSchema()) {
    const length = limits.budget.left < 0 ? 1 : limits.chance.whole(1, 3);
    if (schema.getMergedTraits().httpHeader) return Array.from({ length }, () => `v${limits.chance.hex(5)}`);
    return Array.from({ length }, () => randomValue(schema.getValueSchema(), limits, depth + 1));
  }
  if (schema.isMapSchema()) return randomMap(schema, limits, depth);
  return randomSimple(schema, limits.chance);
};

const randomStruct = (schema: NormalizedSchema, limits: Limits, depth: number): Record<string, unknown> => {
  const members = [...schema.structIterator()].filter(([name, member]) => !limits.skips(name) && !isEventStream(member));
  if (schema.isUnionSchema()) return randomUnion(members, limits, depth);
  const required = requiredCount(schema);
  const value: Record<string, unknown> = {};
  for (const [index, [name, member]] of members.entries()) {
    const must = index < required || member.isIdempotencyToken() || isLabel(member) || isPayload(member);
    if (must ? depth < 9 : depth < 6 && limits.budget.left > 0 && limits.chance.next() < 0.6)
      value[name] = randomValue(member, limits, depth + 1);
  }
  // A form cannot say that a structure is there and empty.
  const [one] = members.filter(([, member]) => isSimple(member)).concat(members);
  if (one && Object.keys(value).length === 0 && depth > 0) value[one[0]] = randomValue(one[1], limits, depth + 1);
  return value;
};

const isSimple = (schema: NormalizedSchema): boolean => !schema.isStructSchema() && !schema.isListSchema() && !schema.isMapSchema();

const randomUnion = (members: [string, NormalizedSchema][], limits: Limits, depth: number): Record<string, unknown> => {
  const simple = members.filter(([, member]) => isSimple(member));
  const choices = depth > 4 && simple.length > 0 ? simple : members;
  const [name, member] = choices[limits.chance.whole(0, choices.length - 1)]!;
  return { [name]: depth > 10 ? {} : randomValue(member, limits, depth + 1) };
};

const randomMap = (schema: NormalizedSchema, limits: Limits, depth: number): Record<string, unknown> => {
  const inHeaders = schema.getMergedTraits().httpPrefixHeaders !== undefined;
  const keys = Array.from({ length: limits.chance.whole(1, 2) }, () =>
    inHeaders ? `k${limits.chance.hex(4)}` : `K ${limits.chance.hex(4)}<&>`,
  );
  return Object.fromEntries(
    keys.map((key) => [key, inHeaders ? limits.chance.hex(6) : randomValue(schema.getValueSchema(), limits, depth + 1)]),
  );
};

const randomSimple = (schema: NormalizedSchema, chance: Chance): unknown => {
  const pick = <T>(from: readonly T[]): T => from[chance.whole(0, from.length - 1)]!;
  if (schema.isBooleanSchema()) return chance.next() < 0.5;
  if (schema.isTimestampSchema())
    return new Date(chance.whole(1_000_000_000, 4_000_000_000) * 1000 + (wholeSeconds(schema) ? 0 : chance.whole(0, 999)));
  if (schema.isBlobSchema()) return Buffer.from(chance.hex(2 * chance.whole(1, 12)), 'hex');
  if (schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) throw new Error(`no random ${schema.getName(true)} yet`);
  // No greater than 2^53 - 1: from Node 21 on, the SDK reads whole numbers above it as BigInt.
  if (schema.isNumericSchema()) return schema.getMergedTraits().httpResponseCode ? 200 : pick([0, 1, -1, 1.5, 2 ** 53 - 1, 443, 1e-7]);
  if (schema.isDocumentSchema()) return { text: pick(awkward), list: [1, null, { deep: true }] };
  return onlyPlainText(schema) ? `v${chance.hex(5)}` : chance.next() < 0.1 && !schema.getMergedTraits().httpPayload ? '' : pick(awkward);
};

const wholeSeconds = (schema: NormalizedSchema): boolean =>
  Number(schema.getSchema()) === 6 || Boolean(schema.getMergedTraits().httpHeader);
/** Paths and headers cannot carry everything, and the client leaves line ends in XML attributes bare. */
const onlyPlainText = (schema: NormalizedSchema): boolean => {
  const { httpHeader, xmlAttribute } = schema.getMergedTraits();
  return isLabel(schema) || Boolean(httpHeader ?? xmlAttribute);
};
const isLabel = (schema: NormalizedSchema): boolean => Boolean(schema.getMergedTraits().httpLabel);
const isPayload = (schema: NormalizedSchema): boolean => Boolean(schema.getMergedTraits().httpPayload);
const isEventStream = (schema: NormalizedSchema): boolean => schema.isStreaming() && schema.isStructSchema();

const requiredCount = (schema: NormalizedSchema): number => {
  const tuple = schema.getSchema() as unknown as unknown[];
  return Number(tuple[6] ?? 0);
};

/** Comparable: bytes, dates and lazy strings as text, nothing undefined; what is empty dropped, since forms, flattened XML and bodies cannot say it. */
export const comparable = async (value: unknown): Promise<unknown> => {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return value.length > 0 ? `bytes:${Buffer.from(value).toString('hex')}` : undefined;
  if (value instanceof String) return String(value);
  if (isStream(value)) return comparable(await value.transformToByteArray());
  if (Array.isArray(value)) return (await Promise.all(value.map(comparable))).filter((each) => each !== undefined && !isEmpty(each));
  if (typeof value !== 'object' || value === null) return value;
  const entries = await Promise.all(Object.entries(value).map(async ([key, each]) => [key, await comparable(each)] as const));
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined && !isEmpty(each)).sort(([a], [b]) => (a < b ? -1 : 1)));
};

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
const isStream = (value: unknown): value is { transformToByteArray(): Promise<Uint8Array> } =>
  typeof value === 'object' && value !== null && 'transformToByteArray' in value;
