import type { z } from 'zod';
import { unknownKeyWords, wordsFor, type Issue } from './issue-words.js';
import { nearest } from './nearest.js';
import { alternativeFor, alternativesAt, isObject, isRecord, keysAt, schemaAt, tellingKeys, valueAt } from './schema-at.js';

/** Something a schema does not allow: where, and what to do. */
export interface SchemaFault {
  readonly path: readonly PropertyKey[];
  /** Whether the key is wrong or what it leads to. */
  readonly of: 'key' | 'value';
  readonly value: unknown;
  readonly fix: string;
}

/** What zod found in `raw`, in our words: one fault for one mistake: a misspelt key is not also a missing one. */
export const schemaFaults = (
  schema: z.ZodType,
  raw: unknown,
  found: readonly z.core.$ZodIssue[],
  written: (path: readonly PropertyKey[]) => string | undefined = () => undefined,
): SchemaFault[] => {
  const issues = flatten(schema, raw, found, []);
  const misspelt = new Set<string>();
  const faults = issues.flatMap((issue): SchemaFault[] => {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys')
      return (issue.keys ?? []).map((key) => {
        const { meant, fix } = unknownKeyWords(key, keysAt(schema, raw, path));
        if (meant !== undefined) misspelt.add(place([...path, meant]));
        return { path: [...path, key], of: 'key', value: key, fix };
      });
    const value = valueAt(raw, path);
    const description = schemaAt(schema, raw, path)?.meta()?.description;
    const fix = wordsFor(issue, { value, written: written(path), description });
    const of = issue.code === 'invalid_key' ? 'key' : 'value';
    return [{ path, of, value: of === 'key' ? path.at(-1) : (value ?? null), fix }];
  });
  return faults.filter(({ path, value }) => !(value === null && misspelt.has(place(path)) && valueAt(raw, path) === undefined));
};

const place = (path: readonly PropertyKey[]): string => JSON.stringify(path);

/** Alternatives that do not fit become the faults of the one that was meant. */
const flatten = (schema: z.ZodType, raw: unknown, issues: readonly Issue[], prefix: readonly PropertyKey[]): Issue[] =>
  issues.flatMap((issue): Issue[] => {
    const path = [...prefix, ...issue.path];
    if (issue.code !== 'invalid_union') return [{ ...issue, path }];
    const options = alternativesAt(schema, raw, path);
    const value = valueAt(raw, path);
    const meant = options && alternativeFor(options, value);
    if (!options || !meant) return [{ ...issue, path }];
    const closer = (): Issue[] => flatten(schema, raw, meant.safeParse(value).error?.issues ?? [], path);
    if (!isObject(meant)) return closer();
    if (!isRecord(value) || Array.isArray(value)) return [{ code: 'invalid_type', expected: 'object', path, message: issue.message }];
    if (options.filter(isObject).length === 1) return closer();
    const telling = tellingKeys(options);
    const keys = Object.keys(value);
    if (!telling.some((key) => keys.includes(key) || nearest(key, keys) !== undefined))
      return [{ code: 'custom', path, message: `say what is done here: write one of ${telling.join(', ')}` }];
    return closer();
  });
