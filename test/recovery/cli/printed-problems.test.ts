import { describe, expect, it } from '@jest/globals';
import { printedProblems } from '../../../recovery/cli/printed-problems.js';

const problem = { file: 'plan.yaml', line: 7, column: 1, value: 'x', fix: 'write y' };
const shown = (text: string, column: number): string[] =>
  printedProblems([{ ...problem, text, column }])
    .split('\n')
    .slice(1, 3);

describe('a printed problem', () => {
  it('has its caret under the column, after wide letters, marks and tabs too', () => {
    expect(shown('key: value', 6)).toEqual(['    7 | key: value', '      |      ^']);
    expect(shown('中文: value', 5)).toEqual(['    7 | 中文: value', '      |       ^']);
    expect(shown('e\u0301: value', 5)).toEqual(['    7 | e\u0301: value', '      |    ^']);
    expect(shown('a:\tvalue', 4)).toEqual(['    7 | a: value', '      |    ^']);
  });

  it('shows of a long line the part that matters', () => {
    const [line, caret] = shown(`${'a'.repeat(300)}!${'b'.repeat(300)}`, 301);
    expect(line?.length).toBeLessThan(120);
    expect(line?.[caret?.indexOf('^') ?? 0]).toBe('!');
  });

  it('sends no control characters to a terminal, wherever they come from', () => {
    const text = printedProblems([
      { file: 'a\u001b[31m.yaml', line: 1, column: 1, text: '\u001b[2J\u009b1A\u202e', value: '\u001b[0m\u202e', fix: 'x\u0007' },
    ]);
    expect(text).not.toMatch(/[^\P{C}\n]/u);
  });

  it('leaves out the line where it is not known, and counts what is too much to read', () => {
    expect(printedProblems([problem])).toBe('  plan.yaml:7:1  "x"\n    write y\n');
    expect(printedProblems(Array(60).fill(problem))).toContain('and 10 more; --json has all of them');
  });
});
