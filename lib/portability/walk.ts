import type { JudgedStack, Resource } from './judged.js';

/** Where in a template a value is: names of properties and indexes of lists. */
export type Trail = readonly string[];

/** Every value within `value`, itself included, with its place. */
export function* walk(value: unknown, trail: Trail = []): Generator<{ value: unknown; trail: Trail }> {
  yield { value, trail };
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) yield* walk(inner, [...trail, name]);
}

export interface PlacedResource {
  readonly id: string;
  readonly path: string;
  readonly resource: Resource;
}

export const resourcesOf = (stack: JudgedStack): PlacedResource[] =>
  Object.entries(stack.template.Resources ?? {}).map(([id, resource]) => ({ id, path: stack.pathOf(id), resource }));

export const resourcesOfType = (stack: JudgedStack, type: string): PlacedResource[] =>
  resourcesOf(stack).filter(({ resource }) => resource.Type === type);

/** Every text in the properties of a stack's resources, one of each place. */
export function* texts(stack: JudgedStack): Generator<PlacedResource & { text: string; trail: Trail }> {
  for (const placed of resourcesOf(stack))
    for (const { value, trail } of walk(placed.resource.Properties)) if (typeof value === 'string') yield { ...placed, text: value, trail };
}

/** Every use of an intrinsic function, with what it is given. */
export function* uses(stack: JudgedStack, intrinsic: string): Generator<PlacedResource & { given: unknown }> {
  for (const placed of resourcesOf(stack))
    for (const { value } of walk(placed.resource.Properties))
      if (isObject(value) && intrinsic in value) yield { ...placed, given: value[intrinsic] };
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Without repetitions: a resource that breaks a rule twice for one reason is told once. */
export const told = <T extends { path: string; reason: string }>(found: readonly T[]): { path: string; reason: string }[] => [
  ...new Map(found.map(({ path, reason }) => [`${path}\n${reason}`, { path, reason }])).values(),
];
