import { nearest } from './nearest.js';

/** The parts of a zod issue that our words are made of. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: string;
  readonly format?: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
  readonly issues?: readonly Issue[];
}

/** What is known of the place an issue is about. */
export interface Place {
  readonly value: unknown;
  /** How a scalar is written in the file. */
  readonly written: string | undefined;
  /** The schema's own words for what belongs there. */
  readonly description: string | undefined;
}

/** What to write instead, in a reader's words. */
export const wordsFor = (issue: Issue, place: Place): string => {
  const about = place.description === undefined ? '' : ` (${place.description})`;
  switch (issue.code) {
    case 'invalid_type':
      return `${typeWords(issue.expected ?? '', place)}${about}`;
    case 'invalid_format':
      return `${formats[issue.format ?? ''] ?? ownWords(issue)}${about}`;
    case 'too_small':
      return `write ${amount(issue.minimum, issue.origin, 'at least')}${about}`;
    case 'too_big':
      return `write ${amount(issue.maximum, issue.origin, 'at most')}${about}`;
    case 'invalid_value':
      return `write ${(issue.values ?? []).map(String).join(' or ')}${about}`;
    case 'invalid_key':
      return `as a key, ${issue.issues?.[0] ? ownWords(issue.issues[0]) : 'this cannot stand here'}`;
    default:
      return issue.message;
  }
};

/** Of a key that nothing knows: the one that was meant, or what may stand there. */
export const unknownKeyWords = (key: string, keys: readonly string[]): { meant: string | undefined; fix: string } => {
  const meant = nearest(key, keys);
  const instead = meant === undefined ? `remove it; keys here: ${keys.join(', ') || 'none'}` : `did you mean ${meant}?`;
  return { meant, fix: `there is no key ${key.length > 60 ? `${key.slice(0, 60)}…` : key} here; ${instead}` };
};

const formats: Readonly<Record<string, string>> = {
  email: 'write an e-mail address such as cto@example.com',
  datetime: 'write a moment in UTC such as 2030-01-01T02:00:00Z',
};

/** Our schemas name the form they want; zod's own default names its pattern, which helps nobody. */
const ownWords = ({ message }: Issue): string => (message.startsWith('Invalid') ? 'this does not have the right form' : `write ${message}`);

const amount = (limit: number | bigint | undefined, origin: string | undefined, bound: string): string => {
  const unit = { array: 'in the list', string: 'characters', object: 'keys' }[origin ?? ''];
  return unit === undefined ? `a number of ${bound} ${limit}` : `${bound} ${limit} ${unit}`;
};

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
};
const kindOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
      ? 'keys with values'
      : typeof value === 'string'
        ? 'text'
        : typeof value === 'boolean'
          ? 'true or false'
          : 'a number';

const typeWords = (expected: string, { value, written }: Place): string => {
  const wanted = typeNames[expected] ?? expected;
  if (value === undefined) return 'missing; add it';
  if (value === null) return `there is no value; write ${wanted}`;
  const text = written ?? (typeof value === 'object' ? '' : JSON.stringify(value));
  if (expected === 'string' && typeof value !== 'object')
    return `write it in quotes, as "${text}"; without them it is ${typeof value === 'boolean' ? 'yes or no' : 'a number'}`;
  if ((expected === 'number' || expected === 'int') && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
    return `write ${value} without quotes`;
  if ((expected === 'number' || expected === 'int') && typeof value === 'number') return `write ${wanted}, not ${text}`;
  if (expected === 'array' && typeof value !== 'object' && text.length < 60) return `write a list, as [${text}]`;
  return `write ${wanted}, not ${kindOf(value)}`;
};
