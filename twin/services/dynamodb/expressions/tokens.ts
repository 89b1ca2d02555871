import { validation } from '../errors.js';

export interface Token {
  readonly kind: 'name' | 'nameReference' | 'valueReference' | 'index' | 'symbol' | 'end';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const patterns: readonly [Token['kind'], RegExp][] = [
  ['name', /[A-Za-z][A-Za-z0-9_]*/y],
  ['nameReference', /#[A-Za-z0-9_]+/y],
  ['valueReference', /:[A-Za-z0-9_]+/y],
  ['index', /[0-9]+/y],
  ['symbol', /<>|<=|>=|[=<>(),.[\]+-]/y],
];

/** One expression as its tokens, and where each stands: DynamoDB's syntax errors quote them. */
export class Tokens {
  private readonly tokens: Token[] = [];
  private at = 0;

  /** @throws AwsError ValidationException for what is no token. */
  constructor(
    /** `ConditionExpression` … as the messages begin. */
    readonly parameter: string,
    private readonly text: string,
  ) {
    for (let from = this.skipSpace(0); from < text.length; from = this.skipSpace(this.tokens.at(-1)!.to)) {
      const found = this.tokenAt(from);
      this.tokens.push(found ?? { kind: 'symbol', text: text.charAt(from), from, to: from + 1 });
      if (!found) {
        this.at = this.tokens.length - 1;
        throw this.syntaxError();
      }
    }
    if (this.tokens.length === 0) throw this.error('The expression can not be empty;');
  }

  get next(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '<EOF>', from: this.text.length, to: this.text.length };
  }

  take(): Token {
    const token = this.next;
    this.at += 1;
    return token;
  }

  /** Takes the next token if it is this symbol or word; words are compared without case. */
  takeIf(...texts: readonly string[]): string | undefined {
    const { kind, text } = this.next;
    const word = kind === 'name' ? text.toUpperCase() : text;
    if (!texts.includes(word) || kind === 'end') return undefined;
    this.at += 1;
    return word;
  }

  expect(text: string): void {
    if (this.takeIf(text) === undefined) throw this.syntaxError();
  }

  /** The word after the next token, to tell a function from a path. */
  isFollowedBy(text: string): boolean {
    return this.tokens[this.at + 1]?.text === text;
  }

  error(what: string): Error {
    return validation(`Invalid ${this.parameter}: ${what}`);
  }

  syntaxError(): Error {
    const before = this.tokens[this.at - 1] ?? this.next;
    const after = this.tokens[this.at + 1] ?? this.next;
    const near = this.text.slice(before.from, after.to);
    return this.error(`Syntax error; token: "${this.next.text}", near: "${near}"`);
  }

  private skipSpace(from: number): number {
    return /\S|$/g.exec(this.text.slice(from))!.index + from;
  }

  private tokenAt(from: number): Token | undefined {
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = from;
      const text = pattern.exec(this.text)?.[0];
      if (text !== undefined) return { kind, text, from, to: from + text.length };
    }
    return undefined;
  }
}
