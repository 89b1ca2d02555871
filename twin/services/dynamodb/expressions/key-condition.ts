import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { invalid, validation } from '../errors.js';
import { kindOf } from '../values.js';
import { operandsOf, parseCondition, type Comparator, type Condition, type Operand } from './condition.js';
import type { Placeholders } from './placeholders.js';

/** A partition, and possibly a condition on the sort key. */
export interface KeyCondition {
  readonly hashValue: AttributeValue;
  readonly range: Condition | undefined;
}
interface Key {
  readonly hash: string;
  readonly range: string | undefined;
}

const flipped: Readonly<Record<Comparator, Comparator>> = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** @throws AwsError ValidationException for anything but `hash = :v [AND one condition on the sort key]`. */
export const parseKeyCondition = (text: string, key: Key, typeOf: (name: string) => string, placeholders: Placeholders): KeyCondition => {
  const conditions = terms(parseCondition('KeyConditionExpression', text, placeholders)).map(withPathFirst);
  const named = conditions.map((condition) => ({ condition, name: attributeOf(condition) }));
  if (new Set(named.map(({ name }) => name)).size < named.length) {
    throw validation('KeyConditionExpressions must only contain one condition per key');
  }
  if (named.length > 2) throw validation('Conditions can be of length 1 or 2 only');
  const hash = named.find(({ name }) => name === key.hash)?.condition;
  if (!hash) throw validation(`Query condition missed key schema element: ${key.hash}`);
  if (hash.is !== 'comparison' || hash.operator !== '=') throw validation('Query key condition not supported');
  const other = named.find(({ name }) => name !== key.hash);
  if (other && other.name !== key.range) {
    throw validation(
      key.range === undefined ? 'Query key condition not supported' : `Query condition missed key schema element: ${key.range}`,
    );
  }
  for (const { condition, name } of named) {
    for (const operand of valuesOf(condition)) {
      if (kindOf(operand) !== typeOf(name)) throw invalid('Condition parameter type does not match schema type');
    }
  }
  return { hashValue: (hash.right as Operand & { is: 'value' }).value, range: other?.condition };
};

const notAllowed = (operator: string): Error => validation(`Invalid operator used in KeyConditionExpression: ${operator}`);

const terms = (condition: Condition): Condition[] => {
  if (condition.is === 'and') return [...terms(condition.left), ...terms(condition.right)];
  if (condition.is === 'or') throw notAllowed('OR');
  if (condition.is === 'not') throw notAllowed('NOT');
  if (condition.is === 'in') throw notAllowed('IN');
  if (condition.is === 'comparison' && condition.operator === '<>') throw notAllowed('<>');
  if (condition.is === 'function' && condition.name !== 'begins_with') throw notAllowed(condition.name);
  return [condition];
};

/** `:v = id` as `id = :v`. */
const withPathFirst = (condition: Condition): Condition =>
  condition.is === 'comparison' && condition.left.is === 'value' && condition.right.is === 'path'
    ? { ...condition, operator: flipped[condition.operator], left: condition.right, right: condition.left }
    : condition;

const attributeOf = (condition: Condition): string => {
  const [first, ...others] = operandsOf(condition);
  const unfit = validation('Invalid KeyConditionExpression: The operand of a key condition has to be a key attribute and a value');
  if (first?.is !== 'path' || others.some((operand) => operand.is !== 'value')) throw unfit;
  if (first.path.length > 1) throw validation('Key condition expressions do not support nested attributes');
  return first.path[0];
};

const valuesOf = (condition: Condition): AttributeValue[] =>
  operandsOf(condition).flatMap((operand) => (operand.is === 'value' ? [operand.value] : []));
