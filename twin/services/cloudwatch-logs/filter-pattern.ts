import { AwsError } from '../../wire/aws-error.js';
import { invalid } from './records.js';

type Matches = (message: string) => boolean;

const notModelled = (pattern: string): AwsError =>
  new AwsError('NotModelled', `NotModelled: logs filter pattern ${pattern}: the twin has terms and JSON equality`, { status: 501 });

/**
 * What a filter pattern matches (CloudWatch Logs user guide, "filter pattern syntax"): plain and quoted terms that must all be
 * there, `-term` that must not, `?term` of which one must, and `{ $.field = value && … }`.
 */
export const matcherOf = (pattern: string | undefined): Matches => {
  const text = (pattern ?? '').trim();
  if (text === '') return () => true;
  if (/^\{.*\}$/s.test(text)) return jsonMatcher(text);
  if (/^[[%]/.test(text)) throw notModelled(text);
  return termMatcher(text);
};

const termMatcher = (pattern: string): Matches => {
  const required: string[] = [];
  const forbidden: string[] = [];
  const optional: string[] = [];
  let rest = pattern;
  while (rest !== '') {
    const [whole, sign, quoted, plain] = /^\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|([A-Za-z0-9_]+))(?=\s|$)\s*/.exec(rest) ?? [];
    if (whole === undefined) throw invalid('Invalid filter pattern');
    const term = quoted?.replace(/\\(.)/g, '$1') ?? plain!;
    (sign === '-' ? forbidden : sign === '?' ? optional : required).push(term);
    rest = rest.slice(whole.length);
  }
  if (optional.length > 0 && (required.length > 0 || forbidden.length > 0)) throw notModelled(pattern);
  return (message) =>
    required.every((term) => message.includes(term)) &&
    !forbidden.some((term) => message.includes(term)) &&
    (optional.length === 0 || optional.some((term) => message.includes(term)));
};

const jsonMatcher = (pattern: string): Matches => {
  const conditions = pattern
    .slice(1, -1)
    .split('&&')
    .map((condition) => equality(condition.trim(), pattern));
  return (message) => {
    const parsed = asJson(message);
    return parsed !== undefined && conditions.every((holds) => holds(parsed));
  };
};

const equality = (condition: string, pattern: string): ((event: unknown) => boolean) => {
  const [, path, operator, quoted, plain] = /^\$((?:\.[A-Za-z0-9_-]+)+)\s*(!?=)\s*(?:"([^"]*)"|([^\s"&|(){}]+))$/.exec(condition) ?? [];
  if (path === undefined) throw /\|\||[<>(]|\bIS\b|EXISTS/.test(condition) ? notModelled(pattern) : invalid('Invalid filter pattern');
  const wanted = quoted ?? plain!;
  const like = new RegExp(`^${wanted.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replace(/\*/g, '.*')}$`, 's');
  const equal = (value: unknown): boolean =>
    typeof value === 'number' ? quoted === undefined && value === Number(wanted) : typeof value === 'string' && like.test(value);
  return (event) => {
    const value = valueAt(event, path.slice(1).split('.'));
    return operator === '=' ? equal(value) : value !== undefined && !equal(value);
  };
};

const valueAt = (event: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined),
    event,
  );

const asJson = (message: string): unknown => {
  try {
    return JSON.parse(message) as unknown;
  } catch {
    return undefined;
  }
};

/** The value at `$.a.b` in a JSON event, as text; undefined where there is none, or one that is no single value. */
export const valueIn = (message: string, path: string): string | undefined => {
  const value = valueAt(asJson(message), path.slice(2).split('.'));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

/** What an event has in the fields that a JSON pattern speaks of, by field; nothing for a pattern of terms. */
export const valuesIn = (message: string, pattern: string): Record<string, string> => {
  const fields = pattern.trim().startsWith('{') ? pattern.replace(/"[^"]*"/g, '').matchAll(/\$(?:\.[A-Za-z0-9_-]+)+/g) : [];
  const found: Record<string, string> = {};
  for (const [path] of fields) {
    const value = valueIn(message, path);
    if (value !== undefined) found[path] = value;
  }
  return found;
};
