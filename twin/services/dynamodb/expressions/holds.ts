import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareScalars } from '../keys.js';
import { kindOf, sameValue, type Item } from '../values.js';
import type { Comparator, Condition, FunctionName, Operand } from './condition.js';
import { valueAt } from './paths.js';

/** Whether the condition holds for an item; a missing item is one without attributes. */
export const holds = (condition: Condition, item: Item): boolean => {
  switch (condition.is) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.condition, item);
    case 'comparison':
      return compares(condition.operator, operandOf(condition.left, item), operandOf(condition.right, item));
    case 'between': {
      const [value, low, high] = [condition.operand, condition.low, condition.high].map((operand) => operandOf(operand, item));
      return compares('>=', value, low) && compares('<=', value, high);
    }
    case 'in': {
      const value = operandOf(condition.operand, item);
      return condition.among.some((operand) => compares('=', value, operandOf(operand, item)));
    }
    case 'function':
      return applies(
        condition.name,
        condition.operands.map((operand) => operandOf(operand, item)),
      );
  }
};

const operandOf = (operand: Operand, item: Item): AttributeValue | undefined => {
  if (operand.is === 'value') return operand.value;
  const value = valueAt(item, operand.path);
  if (operand.is === 'path' || value === undefined) return value;
  const size = lengthOf(value);
  return size === undefined ? undefined : { N: String(size) };
};

/** `size`: characters of text, bytes of binary data, members of the rest; nothing for what has no size. */
const lengthOf = (value: AttributeValue): number | undefined => {
  const kind = kindOf(value);
  if (kind === 'S' || kind === 'B' || kind === 'L' || kind === 'SS' || kind === 'NS' || kind === 'BS') return value[kind]!.length;
  return kind === 'M' ? Object.keys(value.M!).length : undefined;
};

/** What is missing equals nothing and differs from everything; values of different types have no order. */
const compares = (operator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean => {
  if (operator === '<>') return left === undefined || right === undefined || !sameValue(left, right);
  if (left === undefined || right === undefined) return false;
  if (operator === '=') return sameValue(left, right);
  const order = compareScalars(left, right);
  if (order === undefined) return false;
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator];
};

const applies = (name: FunctionName, [value, other]: readonly (AttributeValue | undefined)[]): boolean => {
  if (name === 'attribute_exists') return value !== undefined;
  if (name === 'attribute_not_exists') return value === undefined;
  if (value === undefined || other === undefined) return false;
  if (name === 'attribute_type') return kindOf(value) === other.S;
  if (name === 'begins_with') return beginsWith(value, other);
  return contains(value, other);
};

const beginsWith = (value: AttributeValue, start: AttributeValue): boolean => {
  if (value.S !== undefined && start.S !== undefined) return value.S.startsWith(start.S);
  return value.B !== undefined && start.B !== undefined && Buffer.from(value.B).subarray(0, start.B.length).equals(start.B);
};

const contains = (value: AttributeValue, member: AttributeValue): boolean => {
  if (value.S !== undefined) return member.S !== undefined && value.S.includes(member.S);
  if (value.B !== undefined) return member.B !== undefined && Buffer.from(value.B).includes(Buffer.from(member.B));
  if (value.L) return value.L.some((each) => sameValue(each, member));
  if (value.SS) return member.S !== undefined && value.SS.includes(member.S);
  if (value.NS) return member.N !== undefined && value.NS.includes(member.N);
  return value.BS?.some((each) => member.B !== undefined && Buffer.from(each).equals(member.B)) ?? false;
};
