import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { checks } from '../../recovery/checks/index.js';
import { RecoveryError, type Problem } from '../../recovery/model/recovery-error.js';
import { loadPlan } from '../../recovery/planning/load-plan.js';
import { durationSeconds } from '../../recovery/planning/plan.js';
import { steps } from '../../recovery/steps/index.js';

const known = { steps: steps.map(({ uses }) => uses), checks: checks.map(({ uses }) => uses) };
const original = (file: string): string => readFileSync(`plans/ambassify/${file}`, 'utf8');
const load = (changed: Readonly<Record<string, string>> = {}) =>
  loadPlan(
    'plans/ambassify',
    'recovery',
    (file) => changed[file] ?? (existsSync(`plans/ambassify/${file}`) ? original(file) : null),
    known,
  );
const problemsOf = (changed: Readonly<Record<string, string>>): readonly Problem[] => {
  try {
    load(changed);
    return [];
  } catch (error) {
    if (error instanceof RecoveryError && error.kind === 'invalid') return error.problems;
    throw error;
  }
};

describe("the organisation's documents", () => {
  it('are valid, and name the eight tasks of the written plan with their teams', () => {
    const { runbook } = load();
    expect(runbook.procedures.map(({ planLine, team }) => [planLine, team])).toEqual([
      [102, 'web-services'],
      [103, 'web-services'],
      [104, 'dev-ops'],
      [105, 'web-services'],
      [106, 'dev-ops'],
      [107, 'dev-ops'],
      [108, 'web-services'],
      [109, 'dev-ops'],
    ]);
  });

  it('report every problem of every file at once, with line, column, value and what to change', () => {
    const problems = problemsOf({
      'settings.yaml': original('settings.yaml').replace('webName:', 'webname:'),
      'contingency-plan.yaml': original('contingency-plan.yaml').replace('PT24H #', 'tomorrow #'),
    });
    expect(problems.map(({ file, line, fix }) => `${file}:${line} ${fix}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^plans\/ambassify\/settings.yaml:\d+ webname: "webname" is not a key here/),
        expect.stringMatching(/^plans\/ambassify\/settings.yaml:\d+ webName: /),
        expect.stringMatching(/^plans\/ambassify\/contingency-plan.yaml:\d+ objectives.rto: /),
      ]),
    );
    for (const { line, column } of problems) expect([line > 0, column > 0]).toEqual([true, true]);
  });

  it('are refused when a task needs itself in a circle, uses what does not exist, or takes the output of what need not be finished', () => {
    const runbook = (tasks: string): string =>
      `phase: recovery\nprocedures:\n  - { id: p, title: P, team: dev-ops, planLine: 1, tasks: [${tasks}] }\n`;
    const fixes = (tasks: string) =>
      problemsOf({ 'recovery.yaml': runbook(tasks) })
        .map(({ fix }) => fix)
        .join();
    const step = 'uses: backup.choose-recovery-point';
    expect(fixes(`{ id: a, title: A, ${step}, needs: [b] }, { id: b, title: B, ${step}, needs: [a] }`)).toContain('in a circle');
    expect(fixes('{ id: a, title: A, uses: backup.choose-point }')).toContain('name a step that exists');
    expect(fixes(`{ id: a, title: A, ${step} }, { id: b, title: B, ${step}, with: { x: "\${a.y}" } }`)).toContain('b must need a');
    expect(fixes(`{ id: a, title: A, ${step} }, { id: a, title: A, ${step} }`)).toContain('unique');
  });

  it('changed at random, are valid or give located problems; never anything else', () => {
    const files = ['settings.yaml', 'contingency-plan.yaml', 'recovery.yaml'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.nat(),
        fc.nat(3),
        fc.constantFrom('', ' ', ':', '-', '[', '{', '"', 'x', '\n', '9', '&', '#'),
        (file, where, cut, insert) => {
          const text = original(file);
          const at = where % text.length;
          for (const { line, column, fix } of problemsOf({ [file]: text.slice(0, at) + insert + text.slice(at + cut) }))
            expect([line >= 1, column >= 1, fix.length > 0]).toEqual([true, true, true]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a duration', () => {
  it('is weeks to seconds, and nothing whose length varies', () => {
    expect(durationSeconds('P1DT1H1M1.5S')).toBe(90_061.5);
    expect(() => durationSeconds('P1M')).toThrow('is not a duration');
  });
});
