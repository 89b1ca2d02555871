import { describe, expect, it } from '@jest/globals';
import type { Composed } from '../../../recovery/cli/compose.js';
import { lintLines } from '../../../recovery/cli/lint-lines.js';
import { heedLints } from '../../../recovery/cli/heed-lints.js';
import { planText } from '../../../recovery/cli/plan-text.js';
import { startRun, type Starting } from '../../../recovery/cli/run.js';
import { RecoveryError } from '../../../recovery/model/recovery-error.js';
import { planOverview } from '../../../recovery/planning/plan-overview.js';
import { capturedConsole } from '../../helpers/captured-console.js';
import { cutOver, gate, step } from '../../helpers/linted.js';
import { samplePlan } from '../../helpers/sample-plan.js';

const refused = samplePlan([gate('test'), step('a'), step('b', 'a'), cutOver('move', 'test')]);
const warned = samplePlan([step('a'), step('b', 'a')]);
const sound = samplePlan([step('a'), { ...step('b'), leader: 'ceo' }]);

describe('a run of a plan that a finding refuses', () => {
  it('starts nothing, and says every finding at once', async () => {
    const { console, said } = capturedConsole();
    // A world in which nothing can be touched.
    const world = {} as Composed;
    const error = await startRun(console, world, { plan: refused, hash: 'beef' }, { scenario: false }, {} as Starting).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(RecoveryError);
    expect(error).toMatchObject({ kind: 'invalid', code: 'plan-refused' });
    expect((error as RecoveryError).message.split('\n').map((line) => line.replace(/:.*/, ''))).toEqual([
      '2 findings refuse plan beef; nothing was started',
      '  refuses (cutover-not-dominated)',
      '  refuses (cutover-not-dominated)',
      '  warns (single-owner)',
      '  warns (needless-sequence)',
    ]);
    expect(said.err).toBe('');
  });
});

describe('a run of a plan with warnings alone', () => {
  it('says each once, and goes on', () => {
    const { console, said } = capturedConsole();
    heedLints(console, warned, 'beef');
    expect(said.err.split('\n').map((line) => line.replace(/:.*/, ''))).toEqual(['warns (single-owner)', 'warns (needless-sequence)', '']);
  });

  it('says nothing where there is none', () => {
    const { console, said } = capturedConsole();
    heedLints(console, sound, 'beef');
    expect(said.err).toBe('');
  });
});

describe('a plan that is shown', () => {
  it('has its findings beside it, for people and for machines', () => {
    const overview = planOverview(refused, 'beef', null);
    expect(overview.lints[0]).toEqual({
      lint: 'cutover-not-dominated',
      severity: 'refuses',
      tasks: ['move'],
      message: 'no receipt comes before move; add the step that makes it, and need that',
    });
    const text = planText(overview);
    expect(text).toContain('lints     refuses (cutover-not-dominated): no receipt comes before move;');
    expect(text).toContain('next      mend what refuses this plan, then altsite plan');
  });

  it('says so where nothing was found', () => {
    expect(planText(planOverview(sound, 'beef', null))).toContain('lints     nothing found');
  });

  it('shows ten findings of one lint, and counts the rest', () => {
    const found = Array.from({ length: 12 }, (_, at) => ({ lint: 'a', severity: 'warns' as const, tasks: [], message: `m${at}` }));
    expect(lintLines(found).slice(9)).toEqual(['warns (a): m9', 'and 2 more of a; altsite plan --json has all of them']);
  });
});
