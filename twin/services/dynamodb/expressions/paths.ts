import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../values.js';
import { plainName, type Placeholders } from './placeholders.js';
import type { Tokens } from './tokens.js';

/** A document path: an attribute's name, then names in maps and positions in lists. */
export type Path = readonly [string, ...(string | number)[]];

export const parsePath = (tokens: Tokens, placeholders: Placeholders): Path => {
  const path: [string, ...(string | number)[]] = [parseName(tokens, placeholders)];
  for (;;) {
    if (tokens.takeIf('.') !== undefined) path.push(parseName(tokens, placeholders));
    else if (tokens.takeIf('[') !== undefined) {
      if (tokens.next.kind !== 'index') throw tokens.syntaxError();
      path.push(Number(tokens.take().text));
      tokens.expect(']');
    } else return path;
  }
};

const parseName = (tokens: Tokens, placeholders: Placeholders): string => {
  const { kind, text } = tokens.next;
  if (kind !== 'name' && kind !== 'nameReference') throw tokens.syntaxError();
  const name = kind === 'name' ? plainName(text, tokens) : placeholders.name(text, tokens);
  tokens.take();
  return name;
};

/** As the messages write it: `[a, b, [0]]`. */
export const pathText = (path: Path): string => `[${path.map((part) => (typeof part === 'number' ? `[${part}]` : part)).join(', ')}]`;

export const isPrefix = (shorter: Path, longer: Path): boolean => shorter.every((part, at) => longer[at] === part);

/** What stands at the path, if anything does. */
export const valueAt = (item: Item, path: Path): AttributeValue | undefined =>
  path.reduce<AttributeValue | undefined>((value, part) => (value === undefined ? undefined : memberOf(value, part)), { M: item });

const memberOf = (value: AttributeValue, part: string | number): AttributeValue | undefined =>
  typeof part === 'number' ? value.L?.[part] : value.M && Object.hasOwn(value.M, part) ? value.M[part] : undefined;
