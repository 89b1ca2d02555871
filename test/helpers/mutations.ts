/** Ways to spoil a document, each by a seeded draw: what hands, editors, merges and malice do to YAML. */
export interface Draws {
  whole(from: number, to: number): number;
}

type Mutation = (text: string, draws: Draws) => string;

const pick = <T>(draws: Draws, list: readonly T[]): T => list[draws.whole(0, list.length - 1)]!;

const hostileValues = [
  'null', '~', 'true', '0', '-1', '1e308', '.inf', '.nan', '9007199254740993', '0x1F', '012345678901', '3.7', '""', "''", 'x', '[]', '{}', '[[]]', '{ a: b }',
  '"${no-such-task.field}"', '"${choose-recovery-point.nothing}"', '"${}"', '"a ${b.c} d"', '*anchor', '&anchor x', '!!binary aGk=', '!custom x', '2030-01-01',
  'P1M', 'PT', 'P', 'PT99999999999H', 'nobody@', '__proto__', 'constructor', 'toString', '"\\x00"', '"\\q"', '|', '>-', '@', '`', '%', '? a', '- - -', 'yes', 'eu-west-1', 'cto',
  'x'.repeat(5_000), '9'.repeat(400), '\u202eabc', '\u0000', '\ud800', '😀', 'e\u0301', '\u00a0', '\t',
]; // prettier-ignore
const hostileKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  '<<',
  '? [a, b]',
  '1',
  'null',
  '""',
  'Title',
  'idd',
  'neds',
  'use',
  'chekcs',
];
const splinters = [
  ':',
  '-',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '#',
  '&a ',
  '*a',
  '!',
  '|',
  '>',
  '%',
  '@',
  ',',
  '\n',
  '\r',
  '\t',
  ' ',
  '---\n',
  '...\n',
  '\u0000',
  '\ufeff',
  'é',
  '\u2028',
  '\\',
];

const onLine =
  (change: (line: string, draws: Draws, all: readonly string[]) => string | readonly string[]): Mutation =>
  (text, draws) => {
    const lines = text.split('\n');
    const at = draws.whole(0, lines.length - 1);
    return lines.flatMap((line, index) => (index === at ? change(line, draws, lines) : line)).join('\n');
  };
const atOffset =
  (change: (before: string, after: string, draws: Draws) => string): Mutation =>
  (text, draws) => {
    const at = draws.whole(0, text.length);
    return change(text.slice(0, at), text.slice(at), draws);
  };
/** Replaces one of the things a pattern finds. */
const oneOfThose =
  (pattern: RegExp, change: (found: string, draws: Draws, all: readonly string[]) => string): Mutation =>
  (text, draws) => {
    const found = [...text.matchAll(pattern)];
    if (found.length === 0) return text;
    const { 0: old, index } = pick(draws, found);
    return `${text.slice(0, index)}${change(old, draws, found.map(([one]) => one))}${text.slice(index + old.length)}`; // prettier-ignore
  };
const misspelt = (word: string, draws: Draws): string => {
  const at = draws.whole(0, word.length - 1);
  return pick(draws, [word.slice(0, at) + word.slice(at + 1), `${word.slice(0, at)}x${word.slice(at)}`, word.toUpperCase(), word + word]);
};
const key = /(?<=^\s*(?:- )?(?:\{ )?)[A-Za-z-]+(?=:)/gm;
const value = /(?<=: )[^\s#{[,}\]][^\n#,}\]]*/g;
const name = /(?<=(?:id|team|uses|owner|leader|phase|runbook|for|fact): )[\w.-]+|(?<=needs: \[)[\w-]+/g;

export const mutations: Readonly<Record<string, Mutation>> = {
  'line deleted': onLine(() => []),
  'line twice': onLine((line) => [line, line]),
  'line moved': onLine((line, draws, all) => [pick(draws, all), line]),
  'indented otherwise': onLine((line, draws) => (draws.whole(0, 1) ? ' '.repeat(draws.whole(1, 4)) + line : line.slice(draws.whole(1, 3)))),
  'tab for indentation': onLine((line) => line.replace(/^ *|$/, '\t')),
  'lines joined': onLine((line, draws, all) => `${line} ${pick(draws, all)}`),
  'cut off': atOffset((before) => before),
  'beginning cut off': atOffset((_before, after) => after),
  'a splinter': atOffset((before, after, draws) => before + pick(draws, splinters) + after),
  'bytes lost': atOffset((before, after, draws) => before + after.slice(draws.whole(1, 30))),
  'bytes changed': atOffset((before, after, draws) => before + String.fromCharCode(draws.whole(0, 0x2fff)) + after.slice(1)),
  'key misspelt': oneOfThose(key, misspelt),
  'key of another kind': oneOfThose(key, (_key, draws) => pick(draws, hostileKeys)),
  'another key': oneOfThose(key, (old, draws) => `${pick(draws, hostileKeys)}: 1\n${old}`),
  'key of elsewhere': oneOfThose(key, (_key, draws, all) => pick(draws, all)),
  'value of another kind': oneOfThose(value, (_value, draws) => pick(draws, hostileValues)),
  'value of elsewhere': oneOfThose(value, (_value, draws, all) => pick(draws, all)),
  'name misspelt': oneOfThose(name, misspelt),
  'name of elsewhere': oneOfThose(name, (_name, draws, all) => pick(draws, all)),
  'reference changed': oneOfThose(/(?<=\$\{)[\w-]+(?=\.)|(?<=\$\{[\w-]+\.)\w+/g, misspelt),
  'needs changed': oneOfThose(/(?<=needs: )\[[^\]]*\]/g, (_needs, draws, all) => pick(draws, [...all, 'x', '[x]', '[[x]]', '{}', '[1]'])),
  'number of another size': oneOfThose(/(?<=: )\d+/g, (_number, draws) => pick(draws, ['-1', '0', '99999', '1e999', '1.5', '0o17', '9'.repeat(30)])),
  'nested deeply': oneOfThose(value, (_value, draws) => {
    const depth = pick(draws, [2, 5, 9, 20, 50, 100, 200, 1_700]);
    return pick(draws, ['['.repeat(depth) + ']'.repeat(depth), '{ a: '.repeat(depth) + '}'.repeat(depth), '['.repeat(depth)]);
  }),
  'alias bomb': oneOfThose(value, () => `&a [x, x, x, x]\nb: &b [*a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c]`),
  'alias of itself': oneOfThose(value, () => '&self [*self]'),
  'second document': atOffset((before, after) => `${before}\n---\n${after}`),
  'directive': (text, draws) => pick(draws, ['%YAML 1.1\n---\n', '%FOO bar\n---\n', '%YAML 9\n---\n', '%']) + text,
  'other line ends': (text, draws) => text.replaceAll('\n', pick(draws, ['\r\n', '\r', '\n\n', '\u2028'])),
  'fanned out otherwise': oneOfThose(/^ +for: systems\n|(?<=^ +)planLine: \d+$/gm, (found, draws) => (found.includes('for') ? '' : `${found}\n    for: ${pick(draws, ['systems', 'system', '[systems]'])}`)),
  'system reference': oneOfThose(/"\$\{[^"]*"/g, (_reference, draws) => `"\${system.${pick(draws, ['id', 'title', 'standby', 'endpoint', 'endpont', 'x.y'])}}"`),
  'condition otherwise': oneOfThose(/when: \{[^}]*\}|(?<=^ +)(?:uses|checks|ask):(?= )/gm, (found, draws) =>
    `${found.startsWith('when') ? '' : 'when: '}${pick(draws, ['{ fact: site.activeCount, is: 2 }', '{ fact: site.activeCount, is: two }', '{ fact: site, isNot: 1 }', '{ fact: facts.database.multiAz }', '{ is: 1, isNot: 2 }', '{ fact: facts.database.parameters.a.b, is: x }'])}${found.startsWith('when') ? '' : `\n        ${found}`}`.replace(/^\{/, 'when: {')),
  'phase otherwise': oneOfThose(/(?<=runbook: [\w.-]+)(?:, [^}]*)? \}/g, (_rest, draws) => pick(draws, [', barrier: true }', ', barrier: yes }', ', modes: [drill] }', ', modes: [failovr] }', ', modes: failover }', ', modes: [] }', ' }'])),
  'byte order mark': (text) => `\ufeff${text}`,
  'nothing': (_text, draws) => pick(draws, ['', ' ', '\n\n', '# only words\n', '---\n', '...', 'null', '[]', '"text"', '0']),
  'garbage': (_text, draws) => Array.from({ length: draws.whole(1, 400) }, () => String.fromCharCode(draws.whole(0, 0xffff))).join(''),
}; // prettier-ignore

/** One to three of these, and what they were. */
export const mutated = (text: string, draws: Draws): { text: string; by: readonly string[] } => {
  const by = Array.from({ length: pick(draws, [1, 1, 1, 2, 3]) }, () => pick(draws, Object.keys(mutations)));
  return { by, text: by.reduce((spoilt, kind) => mutations[kind]!(spoilt, draws), text) };
};
