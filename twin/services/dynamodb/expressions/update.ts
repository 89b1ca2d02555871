/** Update expressions as lists of actions (developer guide, "Update expressions"). */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { kindNames, kindOf } from '../values.js';
import { isPrefix, parsePath, pathText, type Path } from './paths.js';
import type { Placeholders } from './placeholders.js';
import { Tokens } from './tokens.js';

export type SetOperand =
  | { is: 'path'; path: Path }
  | { is: 'value'; value: AttributeValue }
  | { is: 'if_not_exists'; path: Path; otherwise: SetOperand }
  | { is: 'list_append'; first: SetOperand; second: SetOperand };
export type SetValue = SetOperand | { is: '+' | '-'; left: SetOperand; right: SetOperand };

export interface Update {
  readonly set: { path: Path; value: SetValue }[];
  readonly remove: Path[];
  readonly add: { path: Path; value: AttributeValue }[];
  readonly delete: { path: Path; value: AttributeValue }[];
}
const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

/** @throws AwsError ValidationException: "Invalid UpdateExpression: …" */
export const parseUpdate = (text: string, placeholders: Placeholders): Update => {
  const tokens = new Tokens('UpdateExpression', text);
  const update: Update = { set: [], remove: [], add: [], delete: [] };
  const done = new Set<string>();
  while (tokens.next.kind !== 'end') {
    const section = tokens.takeIf(...sections);
    if (section === undefined) throw tokens.syntaxError();
    if (done.has(section)) throw tokens.error(`The "${section}" section can only be used once in an update expression;`);
    done.add(section);
    do parseAction(section, update, tokens, placeholders);
    while (tokens.takeIf(','));
  }
  checkPaths(tokens, pathsOf(update));
  return update;
};

/** Every path that the update writes. */
export const pathsOf = (update: Update): Path[] => [
  ...[...update.set, ...update.add, ...update.delete].map(({ path }) => path),
  ...update.remove,
];

const parseAction = (section: string, update: Update, tokens: Tokens, placeholders: Placeholders): void => {
  const path = parsePath(tokens, placeholders);
  if (section === 'REMOVE') update.remove.push(path);
  else if (section === 'SET') {
    tokens.expect('=');
    update.set.push({ path, value: parseSetValue(tokens, placeholders) });
  } else {
    if (tokens.next.kind !== 'valueReference') throw tokens.syntaxError();
    const value = placeholders.value(tokens.take().text, tokens);
    const kind = kindOf(value);
    if (!(section === 'ADD' ? ['N', 'SS', 'NS', 'BS'] : ['SS', 'NS', 'BS']).includes(kind)) {
      throw tokens.error(
        `Incorrect operand type for operator or function; operator: ${section}, operand type: ${kindNames[kind]}, typeSet: ALLOWED_FOR_${section}_OPERAND`,
      );
    }
    update[section === 'ADD' ? 'add' : 'delete'].push({ path, value });
  }
};

const parseSetValue = (tokens: Tokens, placeholders: Placeholders): SetValue => {
  const left = parseSetOperand(tokens, placeholders);
  const sign = tokens.takeIf('+', '-') as '+' | '-' | undefined;
  if (sign === undefined) return left;
  const right = parseSetOperand(tokens, placeholders);
  for (const operand of [left, right]) checkOperand(tokens, sign, operand, 'N');
  return { is: sign, left, right };
};

const checkOperand = (tokens: Tokens, operator: string, operand: SetOperand, wanted: 'N' | 'L'): void => {
  if (operand.is !== 'value' || kindOf(operand.value) === wanted) return;
  throw tokens.error(
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${kindOf(operand.value)}`,
  );
};

const parseSetOperand = (tokens: Tokens, placeholders: Placeholders): SetOperand => {
  const { kind, text } = tokens.next;
  if (kind === 'valueReference') {
    tokens.take();
    return { is: 'value', value: placeholders.value(text, tokens) };
  }
  if (tokens.takeIf('(')) {
    const operand = parseSetOperand(tokens, placeholders);
    tokens.expect(')');
    return operand;
  }
  if (kind !== 'name' || !tokens.isFollowedBy('(')) return { is: 'path', path: parsePath(tokens, placeholders) };
  if (text !== 'if_not_exists' && text !== 'list_append') throw tokens.error(`Invalid function name; function: ${text}`);
  tokens.take();
  tokens.expect('(');
  const first = parseSetOperand(tokens, placeholders);
  tokens.expect(',');
  const second = parseSetOperand(tokens, placeholders);
  tokens.expect(')');
  if (text === 'list_append') {
    for (const operand of [first, second]) checkOperand(tokens, text, operand, 'L');
    return { is: 'list_append', first, second };
  }
  if (first.is === 'path') return { is: 'if_not_exists', path: first.path, otherwise: second };
  throw tokens.error('Operator or function requires a document path; operator or function: if_not_exists');
};

const checkPaths = (tokens: Tokens, paths: readonly Path[]): void => {
  paths.forEach((one, at) => {
    for (const other of paths.slice(at + 1)) {
      const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
      const both = `must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(other)}`;
      if (isPrefix(shorter, longer)) throw tokens.error(`Two document paths overlap with each other; ${both}`);
      const fork = shorter.findIndex((part, position) => longer[position] !== part);
      if (typeof one[fork] !== typeof other[fork]) throw tokens.error(`Two document paths conflict with each other; ${both}`);
    }
  });
};
