import type { NormalizedSchema } from '@smithy/core/schema';

type Members = Record<string, unknown>;
/** Fills in idempotency tokens that the caller left out, as SDK serialisers do. */
type Token = (() => string) | undefined;
type Copier = (value: unknown, token: Token) => unknown;

/**
 * What copies values as they would arrive over the wire: a copy of its own, of what the schema knows, without what is undefined.
 * Made once for a schema and kept: asking the schema anew for every value of every call costs more than the call.
 */
export const copierFor = (schema: NormalizedSchema): Copier => {
  const copy = ofSort(schema);
  return (value, token) => (value === undefined || value === null ? undefined : copy(value, token));
};

const ofSort = (schema: NormalizedSchema): Copier => {
  if (schema.isStructSchema()) return ofStruct(schema);
  if (schema.isListSchema()) {
    const each = lazily(() => copierFor(schema.getValueSchema()));
    return (value, token) => (value as unknown[]).map((one) => each()(one, token) ?? null);
  }
  if (schema.isMapSchema()) return ofMap(schema);
  if (schema.isTimestampSchema()) return (value) => new Date(value as Date);
  if (schema.isStreaming()) return (value) => value;
  if (schema.isBlobSchema()) return (value) => (typeof value === 'string' ? Buffer.from(value) : Uint8Array.from(value as Uint8Array));
  return (value) => (typeof value === 'object' ? structuredClone(value) : value);
};

const ofStruct = (schema: NormalizedSchema): Copier => {
  const members = lazily(() =>
    [...schema.structIterator()].map(([name, member]) => ({ name, copy: copierFor(member), isToken: member.isIdempotencyToken() })),
  );
  return (value, token) => {
    const copied: Members = {};
    for (const { name, copy, isToken } of members()) {
      const given = (value as Members)[name];
      const asked = (given === undefined || given === null) && token && isToken ? token() : given;
      if (asked !== undefined && asked !== null) copied[name] = copy(asked, token);
    }
    return copied;
  };
};

/** Names that travel as headers come back in lower case. */
const ofMap = (schema: NormalizedSchema): Copier => {
  const item = lazily(() => copierFor(schema.getValueSchema()));
  const asHeaders = schema.getMergedTraits().httpPrefixHeaders !== undefined;
  return (value, token) =>
    Object.fromEntries(
      Object.entries(value as Members)
        .filter(([, each]) => each !== undefined)
        .map(([key, each]) => [asHeaders ? key.toLowerCase() : key, item()(each, token) ?? null]),
    );
};

/** Schemas hold themselves: what is in one is made when it is first needed. */
const lazily = <T>(make: () => T): (() => T) => {
  let made: { readonly it: T } | undefined;
  return () => (made ??= { it: make() }).it;
};
