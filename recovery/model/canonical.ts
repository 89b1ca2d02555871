import { hash } from 'node:crypto';

/** JSON with sorted keys and no blanks: equal values, equal text. What `JSON.stringify` leaves out is left out. */
export const canonical = (value: unknown): string => textOf(value) as string;

/** Written out here: `JSON.stringify` with a replacer that sorts took ten times as long, and a journal pays for every entry. */
const textOf = (value: unknown): string | undefined => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return textOf((value as { toJSON: () => unknown }).toJSON());
  if (Array.isArray(value)) return `[${value.map((one) => textOf(one) ?? 'null').join(',')}]`;
  let text = '';
  for (const name of sortedKeys(value)) {
    const one = textOf((value as Readonly<Record<string, unknown>>)[name]);
    if (one !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${one}`;
  }
  return `{${text}}`;
};

const startsWithDigit = (name: string): boolean => name >= '0' && name < ':';

/** Keys that are whole numbers come first and in their order, as in every object of JavaScript. */
const sortedKeys = (value: object): readonly string[] => {
  const sorted = Object.keys(value).sort();
  return sorted.some(startsWithDigit) ? Object.keys(Object.fromEntries(sorted.map((name) => [name, null]))) : sorted;
};

export const sha256 = (text: string | Uint8Array): string => hash('sha256', text);
export const hashOf = (value: unknown): string => sha256(canonical(value));
