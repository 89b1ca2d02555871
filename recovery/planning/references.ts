import type { Named } from './runbook-outline.js';
import { isRecord } from './schema-at.js';
import type { System } from './schemas.js';

/** `${task.field}` or `${system.fact}`, and nothing beside it. */
const pattern = /^\$\{([a-z0-9-]+)\.([A-Za-z0-9]+)\}$/;

/** What stands for the system in a reference; no task is called that. */
export const systemName = 'system';

export interface Reference {
  readonly name: string;
  readonly field: string;
}

export const referenceIn = (text: string): Reference | undefined => {
  const match = pattern.exec(text);
  return match ? { name: match[1]!, field: match[2]! } : undefined;
};

/** What `${system.…}` may take of one system. */
export const systemFacts = ({ id, title, facts }: Pick<System, 'id' | 'title' | 'facts'>): Readonly<Record<string, string>> => ({
  ...facts,
  id,
  title,
});

/** A value with every text in it replaced, however deep. */
export const replaced = (value: unknown, by: (text: string) => unknown): unknown => {
  if (typeof value === 'string') return by(value);
  if (Array.isArray(value)) return value.map((one) => replaced(one, by));
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, by)])) : value;
};

/** Every text in a value, however deep, and where it stands. */
export const textsIn = (value: unknown, path: readonly PropertyKey[]): Named[] =>
  typeof value === 'string'
    ? [{ path, name: value }]
    : isRecord(value)
      ? Object.entries(value).flatMap(([key, one]) => textsIn(one, [...path, Array.isArray(value) ? Number(key) : key]))
      : [];
