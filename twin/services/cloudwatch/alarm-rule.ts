import type { StateValue } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../wire/aws-error.js';

/** A composite alarm's rule as a tree; alarms are named by name or ARN, as written. */
export type AlarmRule =
  | { readonly is: 'state'; readonly state: StateValue; readonly alarm: string }
  | { readonly is: 'constant'; readonly value: boolean }
  | { readonly is: 'not'; readonly of: AlarmRule }
  | { readonly is: 'and' | 'or'; readonly left: AlarmRule; readonly right: AlarmRule };

const token =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s()"']+))\s*\)|(AND|OR|NOT|TRUE|FALSE)(?![\w(])|(AND|OR|NOT)(?=\()|([()]))\s*/y;

type Token = { readonly word: string; readonly rule?: AlarmRule };

const tokens = (text: string): Token[] => {
  const found: Token[] = [];
  for (let at = 0; at < text.length;) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) throw syntaxError(text, at);
    const [whole, state, quoted, single, plain, word, wordBeforeParenthesis, parenthesis] = match;
    const alarm = quoted?.replace(/\\(.)/g, '$1') ?? single ?? plain;
    found.push(
      state !== undefined && alarm !== undefined
        ? { word: 'operand', rule: { is: 'state', state: state as StateValue, alarm } }
        : word === 'TRUE' || word === 'FALSE'
          ? { word: 'operand', rule: { is: 'constant', value: word === 'TRUE' } }
          : { word: word ?? wordBeforeParenthesis ?? parenthesis! },
    );
    at += whole.length;
  }
  return found;
};

const syntaxError = (text: string, at: number): AwsError =>
  new AwsError('ValidationError', `Error in AlarmRule: syntax error at position ${at} near '${text.slice(at, at + 20)}'`);

/**
 * Reads a rule (PutCompositeAlarm, API reference): `ALARM(x)`, `OK(x)`, `INSUFFICIENT_DATA(x)`, TRUE, FALSE, NOT, AND, OR, parentheses.
 * NOT binds closest, then AND, then OR.
 * @throws AwsError `ValidationError`
 */
export const parseAlarmRule = (text: string): AlarmRule => {
  const left = tokens(text);
  const take = (word: string): Token | undefined => (left[0]?.word === word ? left.shift() : undefined);
  const operand = (): AlarmRule => {
    if (take('NOT')) return { is: 'not', of: operand() };
    if (take('(')) {
      const inside = disjunction();
      if (!take(')')) throw new AwsError('ValidationError', 'Error in AlarmRule: a parenthesis is not closed');
      return inside;
    }
    const found = take('operand')?.rule;
    if (!found) throw new AwsError('ValidationError', `Error in AlarmRule: an alarm is missing before '${left[0]?.word ?? 'the end'}'`);
    return found;
  };
  const chain = (word: 'AND' | 'OR', next: () => AlarmRule): AlarmRule => {
    let rule = next();
    while (take(word)) rule = { is: word === 'AND' ? 'and' : 'or', left: rule, right: next() };
    return rule;
  };
  const conjunction = (): AlarmRule => chain('AND', operand);
  const disjunction = (): AlarmRule => chain('OR', conjunction);
  const rule = disjunction();
  if (left[0]) throw new AwsError('ValidationError', `Error in AlarmRule: '${left[0].word}' was not expected`);
  return rule;
};

/** The alarms that a rule speaks of, each once, as written. */
export const alarmsIn = (rule: AlarmRule): string[] => {
  if (rule.is === 'constant') return [];
  if (rule.is === 'state') return [rule.alarm];
  if (rule.is === 'not') return alarmsIn(rule.of);
  return [...new Set([...alarmsIn(rule.left), ...alarmsIn(rule.right)])];
};

/** Whether the rule is true where alarms are in the states that `stateOf` says. */
export const ruleHolds = (rule: AlarmRule, stateOf: (alarm: string) => StateValue | undefined): boolean => {
  if (rule.is === 'constant') return rule.value;
  if (rule.is === 'state') return stateOf(rule.alarm) === rule.state;
  if (rule.is === 'not') return !ruleHolds(rule.of, stateOf);
  const [left, right] = [ruleHolds(rule.left, stateOf), ruleHolds(rule.right, stateOf)];
  return rule.is === 'and' ? left && right : left || right;
};
