/** What DynamoDB refuses in an expression before it looks at any item: operands that can never fit their operator. */
import { compareScalars } from '../keys.js';
import { kindOf, kinds } from '../values.js';
import type { FunctionName, Operand } from './condition.js';
import { pathText } from './paths.js';
import type { Tokens } from './tokens.js';

const ordered: readonly string[] = ['S', 'N', 'B'];
const wrongType = (tokens: Tokens, operator: string, operand: Operand & { is: 'value' }): Error =>
  tokens.error(
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${kindOf(operand.value)}`,
  );

export const checkOrdered = (tokens: Tokens, operator: string, operands: readonly Operand[]): void => {
  for (const operand of operands) {
    if (operand.is === 'value' && !ordered.includes(kindOf(operand.value))) throw wrongType(tokens, operator, operand);
  }
};

export const checkDistinct = (tokens: Tokens, operator: string, left: Operand, right: Operand): void => {
  if (left.is !== 'path' || right.is !== 'path' || pathText(left.path) !== pathText(right.path)) return;
  throw tokens.error(
    `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${pathText(left.path)}`,
  );
};

const shown = (operand: Operand & { is: 'value' }): string => {
  const kind = kindOf(operand.value);
  return `AttributeValue: {${kind}:${operand.value.S ?? operand.value.N ?? '...'}}`;
};

export const checkBounds = (tokens: Tokens, low: Operand, high: Operand): void => {
  checkOrdered(tokens, 'BETWEEN', [low, high]);
  if (low.is !== 'value' || high.is !== 'value') return;
  const order = compareScalars(low.value, high.value);
  const bounds = `lower bound operand: ${shown(low)}, upper bound operand: ${shown(high)}`;
  if (order === undefined) throw tokens.error(`The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
  if (order > 0) throw tokens.error(`The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`);
};

const operandCounts: Readonly<Record<FunctionName, number>> = {
  ...{ attribute_exists: 1, attribute_not_exists: 1, attribute_type: 2, begins_with: 2, contains: 2 },
};

export const checkFunction = (tokens: Tokens, name: FunctionName, operands: readonly Operand[]): void => {
  if (operands.length !== operandCounts[name]) {
    throw tokens.error(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  }
  const [first, second] = operands as [Operand, Operand | undefined];
  if (name.startsWith('attribute_') && first.is !== 'path') {
    throw tokens.error(`Operator or function requires a document path; operator or function: ${name}`);
  }
  if (second) checkDistinct(tokens, name, first, second);
  if (name === 'attribute_type') checkTypeName(tokens, second!);
  if (name !== 'begins_with') return;
  for (const operand of operands) {
    if (operand.is === 'value' && !['S', 'B'].includes(kindOf(operand.value))) throw wrongType(tokens, name, operand);
  }
};

const checkTypeName = (tokens: Tokens, operand: Operand): void => {
  if (operand.is !== 'value' || operand.value.S === undefined) {
    const type = operand.is === 'value' ? kindOf(operand.value) : operand.is;
    throw tokens.error(`Incorrect operand type for operator or function; operator or function: attribute_type, operand type: ${type}`);
  }
  if ((kinds as readonly string[]).includes(operand.value.S)) return;
  throw tokens.error(`Invalid attribute type name found; type: ${operand.value.S}, valid types: {${kinds.join(',')}}`);
};
