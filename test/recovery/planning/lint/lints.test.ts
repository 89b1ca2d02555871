import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { lints } from '../../../../recovery/planning/lint/index.js';
import { lintPlan } from '../../../../recovery/planning/lint-plan.js';
import { cutOver, fence, gate, step } from '../../../helpers/linted.js';
import { samplePlan } from '../../../helpers/sample-plan.js';

describe('the lints', () => {
  it('are named for their files, each once, each with a test of its own', () => {
    const names = lints.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !existsSync(`recovery/planning/lint/${name}.ts`))).toEqual([]);
    expect(names.filter((name) => !existsSync(`test/recovery/planning/lint/${name}.test.ts`))).toEqual([]);
    expect(readdirSync('recovery/planning/lint').filter((file) => file.endsWith('.ts'))).toHaveLength(names.length + 2);
  });

  it('are described in docs/ARCHITECTURE.md as they describe themselves', () => {
    const text = readFileSync('docs/ARCHITECTURE.md', 'utf8');
    const rows = lints.map(({ name, severity, why }) => `| \`${name}\` | ${severity} | ${why} |`);
    expect(rows.filter((row) => !text.includes(row))).toEqual([]);
  });

  it('tell everything wrong with a plan at once, what refuses it first', () => {
    const { tasks } = samplePlan([step('a'), step('b', 'a'), fence('fence', 'gone'), cutOver('move'), gate('test')]);
    const found = lintPlan({ ...samplePlan([]), tasks });
    expect(found.map(({ lint }) => lint)).toEqual([
      'unreachable',
      ...Array<string>(3).fill('cutover-not-dominated'),
      'irreversible-before-verified',
      'single-owner',
      'needless-sequence',
    ]);
  });

  it('find nothing in a plan of no task', () => expect(lintPlan(samplePlan([]))).toEqual([]));
});
