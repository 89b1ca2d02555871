/** Condition, filter and key condition expressions as trees (developer guide, "Condition and filter expressions, operators, and functions"). */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { checkBounds, checkDistinct, checkFunction, checkOrdered } from './operand-checks.js';
import { parsePath, type Path } from './paths.js';
import type { Placeholders } from './placeholders.js';
import { Tokens } from './tokens.js';

export type Operand = { is: 'path'; path: Path } | { is: 'value'; value: AttributeValue } | { is: 'size'; path: Path };
export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type FunctionName = 'attribute_exists' | 'attribute_not_exists' | 'attribute_type' | 'begins_with' | 'contains';
export type Condition =
  | { is: 'comparison'; operator: Comparator; left: Operand; right: Operand }
  | { is: 'between'; operand: Operand; low: Operand; high: Operand }
  | { is: 'in'; operand: Operand; among: readonly Operand[] }
  | { is: 'function'; name: FunctionName; operands: readonly Operand[] }
  | { is: 'and' | 'or'; left: Condition; right: Condition }
  | { is: 'not'; condition: Condition };

const comparators = ['=', '<>', '<', '<=', '>', '>='] as const;
const functions: readonly string[] = ['attribute_exists', 'attribute_not_exists', 'attribute_type', 'begins_with', 'contains'];

/** @throws AwsError ValidationException with DynamoDB's message, which begins with the parameter's name. */
export const parseCondition = (parameter: string, text: string, placeholders: Placeholders): Condition => {
  const parser = new ConditionParser(new Tokens(parameter, text), placeholders);
  return parser.parse();
};

/** Precedence, from the loosest: OR, AND, NOT, parentheses and functions, comparisons. */
class ConditionParser {
  constructor(
    private readonly tokens: Tokens,
    private readonly placeholders: Placeholders,
  ) {}

  parse(): Condition {
    const condition = this.or();
    if (this.tokens.next.kind !== 'end') throw this.tokens.syntaxError();
    return condition;
  }

  private or(): Condition {
    let left = this.and();
    while (this.tokens.takeIf('OR')) left = { is: 'or', left, right: this.and() };
    return left;
  }

  private and(): Condition {
    let left = this.not();
    while (this.tokens.takeIf('AND')) left = { is: 'and', left, right: this.not() };
    return left;
  }

  private not(): Condition {
    if (this.tokens.takeIf('NOT')) return { is: 'not', condition: this.not() };
    if (!this.tokens.takeIf('(')) return this.comparison();
    const condition = this.or();
    this.tokens.expect(')');
    return condition;
  }

  private comparison(): Condition {
    if (this.isFunction() && this.tokens.next.text !== 'size') return this.functionCall();
    const operand = this.operand();
    if (this.tokens.takeIf('BETWEEN')) {
      const low = this.operand();
      this.tokens.expect('AND');
      const high = this.operand();
      checkBounds(this.tokens, low, high);
      return { is: 'between', operand, low, high };
    }
    if (this.tokens.takeIf('IN')) return { is: 'in', operand, among: this.operandList() };
    const operator = this.tokens.takeIf(...comparators) as Comparator | undefined;
    if (operator === undefined) throw this.tokens.syntaxError();
    const right = this.operand();
    checkDistinct(this.tokens, operator, operand, right);
    if (operator !== '=' && operator !== '<>') checkOrdered(this.tokens, operator, [operand, right]);
    return { is: 'comparison', operator, left: operand, right };
  }

  private functionCall(): Condition {
    const name = this.tokens.take().text;
    if (!functions.includes(name)) throw this.tokens.error(`Invalid function name; function: ${name}`);
    const operands = this.operandList();
    checkFunction(this.tokens, name as FunctionName, operands);
    return { is: 'function', name: name as FunctionName, operands };
  }

  private operandList(): Operand[] {
    this.tokens.expect('(');
    const operands = [this.operand()];
    while (this.tokens.takeIf(',')) operands.push(this.operand());
    this.tokens.expect(')');
    return operands;
  }

  private operand(): Operand {
    const { kind, text } = this.tokens.next;
    if (kind === 'valueReference') {
      this.tokens.take();
      return { is: 'value', value: this.placeholders.value(text, this.tokens) };
    }
    if (!this.isFunction()) return { is: 'path', path: parsePath(this.tokens, this.placeholders) };
    if (text !== 'size') throw this.tokens.error(`The function is not allowed to be used this way in an expression; function: ${text}`);
    this.tokens.take();
    this.tokens.expect('(');
    const path = parsePath(this.tokens, this.placeholders);
    this.tokens.expect(')');
    return { is: 'size', path };
  }

  private isFunction(): boolean {
    return this.tokens.next.kind === 'name' && this.tokens.isFollowedBy('(');
  }
}

/** Every operand of a condition and of those within it. */
export const operandsOf = (condition: Condition): readonly Operand[] => {
  switch (condition.is) {
    case 'and':
    case 'or':
      return [...operandsOf(condition.left), ...operandsOf(condition.right)];
    case 'not':
      return operandsOf(condition.condition);
    case 'comparison':
      return [condition.left, condition.right];
    case 'between':
      return [condition.operand, condition.low, condition.high];
    case 'in':
      return [condition.operand, ...condition.among];
    case 'function':
      return condition.operands;
  }
};
