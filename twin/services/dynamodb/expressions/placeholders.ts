import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { validation } from '../errors.js';
import { checkedValue } from '../values.js';
import { reservedWords } from './reserved-words.js';
import type { Tokens } from './tokens.js';

export interface GivenPlaceholders {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
}

const notText = (error: unknown): string => (error as Error).message;

/** The `#names` and `:values` of one request: shared by all its expressions, and each has to be used. */
export class Placeholders {
  private readonly values = new Map<string, AttributeValue>();
  private readonly unusedNames: Set<string>;
  private readonly unusedValues: Set<string>;
  private readonly names: ReadonlyMap<string, string>;

  /** @throws AwsError ValidationException for placeholders nothing can use. */
  constructor({ ExpressionAttributeNames: names, ExpressionAttributeValues: values }: GivenPlaceholders, hasExpression: boolean) {
    for (const [what, given, sign] of [
      ['ExpressionAttributeNames', names, '#'],
      ['ExpressionAttributeValues', values, ':'],
    ] as const) {
      if (!given) continue;
      if (!hasExpression) throw validation(`${what} can only be specified when using expressions`);
      if (Object.keys(given).length === 0) throw validation(`${what} must not be empty`);
      const wrong = Object.keys(given).find((key) => !key.startsWith(sign) || !/^.[A-Za-z0-9_]+$/.test(key));
      if (wrong !== undefined) throw validation(`${what} contains invalid key: Syntax error; key: "${wrong}"`);
    }
    for (const [key, value] of Object.entries(values ?? {})) {
      try {
        this.values.set(key, checkedValue(value));
      } catch (error) {
        throw validation(`ExpressionAttributeValues contains invalid value: ${notText(error)} for key ${key}`);
      }
    }
    this.names = new Map(Object.entries(names ?? {}));
    this.unusedNames = new Set(this.names.keys());
    this.unusedValues = new Set(this.values.keys());
  }

  name(reference: string, tokens: Tokens): string {
    this.unusedNames.delete(reference);
    const name = this.names.get(reference);
    if (name !== undefined) return name;
    throw tokens.error(`An expression attribute name used in the document path is not defined; attribute name: ${reference}`);
  }

  value(reference: string, tokens: Tokens): AttributeValue {
    this.unusedValues.delete(reference);
    const value = this.values.get(reference);
    if (value !== undefined) return value;
    throw tokens.error(`An expression attribute value used in expression is not defined; attribute value: ${reference}`);
  }

  /** @throws AwsError ValidationException for placeholders that no expression used. */
  checkAllUsed(): void {
    for (const [what, unused] of [
      ['ExpressionAttributeNames', this.unusedNames],
      ['ExpressionAttributeValues', this.unusedValues],
    ] as const) {
      if (unused.size > 0) throw validation(`Value provided in ${what} unused in expressions: keys: {${[...unused].join(', ')}}`);
    }
  }
}

/** A name written out, which must not be a reserved word. */
export const plainName = (name: string, tokens: Tokens): string => {
  if (!reservedWords.has(name.toUpperCase())) return name;
  throw tokens.error(`Attribute name is a reserved keyword; reserved keyword: ${name}`);
};
