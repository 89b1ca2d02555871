import type { z } from 'zod';
import { nearest } from './nearest.js';

/** What a schema is made of, as far as we look into it. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
}
const definition = (schema: z.ZodType): Definition => schema.def;

/** The schema of what stands at `path` in `raw`, with the description nearest to it; undefined where the schema knows nothing of it. */
export const schemaAt = (schema: z.ZodType, raw: unknown, path: readonly PropertyKey[]): z.ZodType | undefined => {
  let at: z.ZodType | undefined = bare(schema, raw);
  let value = raw;
  for (const [depth, key] of path.entries()) {
    if (!at) return undefined;
    const { shape, element, valueType } = definition(at);
    value = valueAt(value, [key]);
    const next: z.ZodType | undefined = shape ? (Object.hasOwn(shape, key) ? shape[String(key)] : undefined) : (element ?? valueType);
    at = next && (depth === path.length - 1 ? next : bare(next, value));
  }
  return at;
};

/** The alternatives of what stands at `path`; undefined where there are none. */
export const alternativesAt = (schema: z.ZodType, raw: unknown, path: readonly PropertyKey[]): readonly z.ZodType[] | undefined => {
  const at = schemaAt(schema, raw, path);
  const { options, innerType } = at ? definition(at) : {};
  return options ?? (innerType ? definition(innerType).options : undefined);
};

/** The keys that may stand in the object at `path`; empty where any may. */
export const keysAt = (schema: z.ZodType, raw: unknown, path: readonly PropertyKey[]): readonly string[] => {
  const at = schemaAt(schema, raw, path);
  return at ? Object.keys(definition(bare(at, valueAt(raw, path))).shape ?? {}) : [];
};

/** Without defaults, optionality and alternatives. */
const bare = (schema: z.ZodType, raw: unknown): z.ZodType => {
  const { innerType, options, in: input } = definition(schema);
  if (innerType) return bare(innerType, raw);
  if (input) return bare(input, raw);
  if (options) {
    const meant = alternativeFor(options, raw);
    return meant ? bare(meant, raw) : schema;
  }
  return schema;
};

/**
 * The alternative a person most likely meant: of objects that whose own keys are there, or nearly; beside them, for what is no object, the one that is none either.
 * Undefined where that cannot be told.
 */
export const alternativeFor = (options: readonly z.ZodType[], raw: unknown): z.ZodType | undefined => {
  const objects = options.filter(isObject);
  const [plain, another] = options.filter((option) => !isObject(option));
  if (plain && (objects.length === 0 || !isRecord(raw) || Array.isArray(raw))) return another ? undefined : plain;
  const shapes = objects.map((option) => definition(option).shape ?? {});
  const written = isRecord(raw) ? Object.keys(raw) : [];
  const score = (shape: Readonly<Record<string, z.ZodType>>): number =>
    ownKeys(shape, shapes).reduce((sum, key) => sum + (written.includes(key) ? 2 : nearest(key, written) === undefined ? 0 : 1), 0);
  const scores = shapes.map(score);
  return objects[scores.indexOf(Math.max(...scores))];
};

/** Whether what a schema allows has keys of its own. */
export const isObject = (schema: z.ZodType): boolean => definition(schema).shape !== undefined;

/** Keys by which alternatives differ: of each those it cannot do without and not all others have. */
export const tellingKeys = (options: readonly z.ZodType[]): readonly string[] => {
  const shapes = options.map((option) => definition(option).shape ?? {});
  return [...new Set(shapes.flatMap((shape) => ownKeys(shape, shapes)))];
};

const ownKeys = (shape: Readonly<Record<string, z.ZodType>>, all: readonly Readonly<Record<string, z.ZodType>>[]): string[] =>
  Object.entries(shape)
    .filter(([key, { def }]) => !['default', 'optional'].includes(def.type) && !all.every((other) => Object.hasOwn(other, key)))
    .map(([key]) => key);

export const valueAt = (raw: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), raw);

export const isRecord = (value: unknown): value is Record<PropertyKey, unknown> => value !== null && typeof value === 'object';
