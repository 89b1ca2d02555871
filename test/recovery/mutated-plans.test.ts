/**
 * Spoilt plans: each is valid, or every problem has its place and nothing is started.
 * ALTSITE_SEED and ALTSITE_CASES replay and extend: case k of seed s is case 0 of seed s + k.
 */
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededDraws } from '../../recovery/adapters/seeded-draws.js';
import { main } from '../../recovery/cli/main.js';
import type { Problem } from '../../recovery/model/recovery-error.js';
import { capturedConsole } from '../helpers/captured-console.js';
import { mutated, mutations } from '../helpers/mutations.js';
import { ambassify, problemsIn, twoSystems } from '../helpers/spoilt-plan.js';

const seed = Number(process.env['ALTSITE_SEED'] ?? 20_300_101);
const cases = Number(process.env['ALTSITE_CASES'] ?? 10_000);
/** Of three mutants one is of the plan that uses what Ambassify's does not. */
const plans = [ambassify, ambassify, twoSystems] as const;

const mutant = (number: number) => {
  const draws = seededDraws(seed + number);
  const originals = plans[draws.whole(0, plans.length - 1)]!;
  const files = Object.keys(originals);
  const file = files[draws.whole(0, files.length - 1)]!;
  const { text, by } = mutated(originals[file]!, draws);
  return { file, text, by, documents: { ...originals, [file]: text } };
};

/** What is wrong with how a problem is told; null where nothing is. */
const badlyTold = ({ file, line, column, text, fix }: Problem, documents: Readonly<Record<string, string>>): string | null => {
  const document = documents[file.replace('plans/mutant/', '')];
  if (document === undefined) return /no such file/.test(fix) && line === 1 && column === 1 ? null : 'of a file that is not there';
  const lines = document.replace(/^\ufeff/, '').split('\n');
  const there = lines[line - 1]?.replace(/\r$/, '');
  if (there === undefined) return 'beyond the last line';
  if (column < 1 || column > there.length + 2) return 'beyond the end of its line';
  if (text !== undefined && text !== there) return 'shows another line than it names';
  if (fix === '' || /Invalid input|expected \w+, received|undefined|\[object|\bNaN\b/.test(fix)) return 'in words that are not ours';
  return null;
};

describe('a mutated plan', () => {
  it(`is valid or has every problem located: ${cases} of them from seed ${seed}`, () => {
    const wrong: string[] = [];
    const seen = { valid: 0, invalid: 0, problems: 0, kinds: new Set<string>() };
    for (let number = 0; number < cases && wrong.length < 5; number++) {
      const { file, text, by, documents } = mutant(number);
      const tell = (what: string): void =>
        void wrong.push(
          `${what}\n  ${file}, ${by.join(', ')}; again with ALTSITE_SEED=${seed + number} ALTSITE_CASES=1\n${text.slice(0, 300)}`,
        );
      for (const kind of by) seen.kinds.add(kind);
      try {
        const problems = problemsIn(documents, 'plans/mutant');
        if (problems === null) seen.valid++;
        else seen.invalid++;
        seen.problems += problems?.length ?? 0;
        if (problems?.length === 0) tell('refused without a problem');
        for (const problem of problems ?? []) {
          const how = badlyTold(problem, documents);
          if (how !== null) tell(`${how}: ${JSON.stringify(problem)}`);
        }
      } catch (error) {
        tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
    expect(wrong).toEqual([]);
    if (cases < 10_000) return;
    expect([...seen.kinds].sort()).toEqual(Object.keys(mutations).sort());
    expect(seen.invalid).toBeGreaterThan(cases / 2);
    expect(seen.valid).toBeGreaterThan(cases / 50);
  }, 300_000);
});

describe('a mutated plan given to the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('ends with exit code 2 and its problems; no file is written, nobody is called', async () => {
    const connect = jest.spyOn(net.Socket.prototype, 'connect');
    const home = join(folder, 'home');
    const directory = join(folder, 'plans');
    let refused = 0;
    for (let number = 0; number < Math.min(cases, 1_000); number += 10) {
      const { documents, by } = mutant(number);
      if (problemsIn(documents, 'plans/mutant') === null) continue;
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory);
      for (const [file, text] of Object.entries(documents)) writeFileSync(join(directory, file), text);
      const { console, said } = capturedConsole({ ALTSITE_HOME: home });
      const code = await main(['rehearse', '--plans', directory, '--json'], console);
      const { error } = JSON.parse(said.out) as { error: { kind: string; code: string; problems: Problem[] } };
      expect({ by, code, kind: error.kind, named: error.code, problems: error.problems.length > 0 }).toEqual({
        by,
        code: 2,
        kind: 'invalid',
        named: 'invalid-plan',
        problems: true,
      });
      expect(readdirSync(directory).sort()).toEqual(Object.keys(documents).sort());
      refused++;
    }
    expect(refused).toBeGreaterThan(Math.min(cases, 1_000) / 20);
    expect(existsSync(home)).toBe(false);
    expect(connect).not.toHaveBeenCalled();
  }, 60_000);
});
