import type { NormalizedSchema } from '@smithy/core/schema';

type Members = Record<string, unknown>;

/**
 * A value as it would arrive over the wire: a copy of its own, of what its schema knows, without what is undefined.
 * `token` fills in the idempotency tokens that the caller left out, as SDK serialisers do.
 */
export const copiedValue = (schema: NormalizedSchema, value: unknown, token?: () => string): unknown => {
  if (value === undefined || value === null) return undefined;
  if (schema.isStructSchema()) return copiedMembers(schema, value as Members, token);
  if (schema.isListSchema()) return (value as unknown[]).map((each) => copiedValue(schema.getValueSchema(), each, token) ?? null);
  if (schema.isMapSchema()) return copiedMap(schema, value as Members, token);
  if (schema.isTimestampSchema()) return new Date(value as Date);
  if (schema.isStreaming()) return value;
  if (schema.isBlobSchema()) return typeof value === 'string' ? Buffer.from(value) : Uint8Array.from(value as Uint8Array);
  return typeof value === 'object' ? structuredClone(value) : value;
};

const copiedMembers = (schema: NormalizedSchema, value: Members, token: (() => string) | undefined): Members => {
  const copied: Members = {};
  for (const [name, member] of schema.structIterator()) {
    const given = value[name];
    const asked = (given === undefined || given === null) && token && member.isIdempotencyToken() ? token() : given;
    if (asked !== undefined && asked !== null) copied[name] = copiedValue(member, asked, token);
  }
  return copied;
};

/** Names that travel as headers come back in lower case. */
const copiedMap = (schema: NormalizedSchema, value: Members, token: (() => string) | undefined): Members => {
  const item = schema.getValueSchema();
  const asHeaders = schema.getMergedTraits().httpPrefixHeaders !== undefined;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [asHeaders ? key.toLowerCase() : key, copiedValue(item, each, token) ?? null]),
  );
};
