import type { Problem } from '../model/recovery-error.js';

/** So many are read by nobody at once; the rest is counted, and --json has all. */
const mostShown = 50;
const widest = 100;

/** Problems as a person mends them: place and value, the line with a caret under the column, what to do. */
export const printedProblems = (problems: readonly Problem[], all = mostShown): string => {
  const shown = problems.slice(0, all).map(printed);
  const rest = problems.length - shown.length;
  return [...shown, ...(rest > 0 ? [`  and ${rest} more; --json has all of them\n`] : [])].join('\n');
};

const printed = ({ file, line, column, text, value, fix }: Problem): string => {
  const lines = [`  ${visible(`${file}:${line}:${column}`)}${value === null || value === '' ? '' : `  ${short(JSON.stringify(value))}`}`];
  if (text !== undefined && text.trim() !== '') {
    // Enough of a long line to see the place in it.
    const from = Math.max(0, Math.min(column - 1 - widest / 2, text.length - widest));
    const number = String(line);
    lines.push(`    ${number} | ${visible(text.slice(from, from + widest))}`);
    lines.push(`    ${' '.repeat(number.length)} | ${' '.repeat(columns(text.slice(from, column - 1)))}^`);
  }
  lines.push(`    ${visible(fix)}`);
  return `${lines.join('\n')}\n`;
};

const short = (json: string): string => visible(json.length > 60 ? `${json.slice(0, 60)}…` : json);

/** Nothing in a file moves a terminal's cursor, colours it or turns its text around. */
const visible = (text: string): string => text.replace(/\t/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '·');

/** Columns of a terminal that a text takes: none for marks above a letter, two for wide letters. */
const columns = (text: string): number =>
  [...visible(text)].reduce((sum, character) => sum + (/\p{M}/u.test(character) ? 0 : wide.test(character) ? 2 : 1), 0);
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
