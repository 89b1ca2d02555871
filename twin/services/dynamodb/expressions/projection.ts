import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../values.js';
import { isPrefix, parsePath, pathText, valueAt, type Path } from './paths.js';
import type { Placeholders } from './placeholders.js';
import { Tokens } from './tokens.js';

/** @throws AwsError ValidationException: "Invalid ProjectionExpression: …" */
export const parseProjection = (text: string, placeholders: Placeholders): Path[] => {
  const tokens = new Tokens('ProjectionExpression', text);
  const paths = [parsePath(tokens, placeholders)];
  while (tokens.takeIf(',')) paths.push(parsePath(tokens, placeholders));
  if (tokens.next.kind !== 'end') throw tokens.syntaxError();
  paths.forEach((one, at) => {
    const other = paths.slice(at + 1).find((each) => isPrefix(one, each) || isPrefix(each, one));
    if (!other) return;
    throw tokens.error(
      `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(other)}`,
    );
  });
  return paths;
};

/** What stands at the paths, in the item's own shape; positions of lists close up. */
export const project = (item: Item, paths: readonly Path[]): Item => {
  const found = paths.filter((path) => valueAt(item, path) !== undefined);
  return (pick({ M: item }, found) as { M: Item }).M;
};

const pick = (value: AttributeValue, paths: readonly (readonly (string | number)[])[]): AttributeValue => {
  if (paths.some((path) => path.length === 0)) return value;
  const heads = [...new Set(paths.map(([head]) => head!))];
  const tails = (head: string | number) => paths.filter((path) => path[0] === head).map((path) => path.slice(1));
  if (value.L) {
    const positions = (heads as number[]).sort((one, other) => one - other);
    return { L: positions.map((at) => pick(value.L[at]!, tails(at))) };
  }
  return { M: Object.fromEntries(heads.map((name) => [name, pick(value.M![name]!, tails(name))])) };
};
