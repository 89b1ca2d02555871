import { describe, expect, it } from '@jest/globals';
import { callLimitSeconds } from '../../../recovery/engine/moves-under-way.js';
import { runPlan } from '../../../recovery/engine/run-plan.js';
import type { Step } from '../../../recovery/kit/define-step.js';
import type { JournalEntry } from '../../../recovery/model/journal-entry.js';
import { milliseconds } from '../../../recovery/model/time.js';
import { memoryJournal } from '../../helpers/memory-journal.js';
import { passingClock, type PassingClock } from '../../helpers/passing-clock.js';
import { samplePlan } from '../../helpers/sample-plan.js';
import { beginning, noEffects, sampleStep, sampleWorld, type Effects } from '../../helpers/sample-world.js';

const never = (): Promise<never> => new Promise(() => undefined);
const secondsOf = (entry: JournalEntry | undefined): number => (milliseconds(entry?.at ?? '') - beginning) / 1000;
const entryOf = (entries: readonly JournalEntry[], kind: JournalEntry['kind'], task: string) =>
  entries.find((entry) => entry.kind === kind && 'task' in entry && entry.task === task);
const ids = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${prefix}-${at}`);

/** Every verb takes a second to come back. */
const slowly = (step: Step, clock: PassingClock): Step => ({
  ...step,
  start: async (input, ctx) => {
    await clock.takes(1);
    return step.start(input, ctx);
  },
  poll: async (handle, input, ctx) => {
    await clock.takes(1);
    return step.poll(handle, input, ctx);
  },
});
const worldOf = (clock: PassingClock, effects: Effects, steps: readonly Step[]) => sampleWorld(effects, steps, { clock });

describe('a call that does not come back', () => {
  it('holds up nobody else, is asked again, and has its task timed out at its limit', async () => {
    const [clock, effects, journal] = [passingClock(), noEffects(), memoryJournal()];
    let polls = 0;
    const hung: Step = { ...sampleStep('hung', effects), poll: () => ((polls += 1), never()) };
    const others = ['a', 'b'].map((id) => slowly(sampleStep(id, effects, { seconds: 30 }), clock));
    const plan = samplePlan([{ id: 'hung', limitSeconds: 300 }, { id: 'a' }, { id: 'b', needs: ['a'] }]);
    const { outcome, state } = await clock.until(runPlan(plan, journal, worldOf(clock, effects, [hung, ...others])));
    expect(outcome).toBe('held');
    expect(state.hold?.task).toBe('hung');
    expect(state.tasks.get('hung')?.error).toMatchObject({
      kind: 'timed-out',
      causes: [`no answer within ${callLimitSeconds} s; looking again`],
    });
    expect(polls).toBeGreaterThanOrEqual(4);
    const failed = secondsOf(entryOf(journal.entries, 'failed', 'hung'));
    expect(failed).toBeGreaterThan(300);
    expect(failed).toBeLessThanOrEqual(300 + callLimitSeconds + 8);
    // Each has a start, its work, the look that is due at its end, and nothing else to wait for.
    expect(secondsOf(entryOf(journal.entries, 'verified', 'a'))).toBeLessThanOrEqual(1 + 30 + 8 + 1);
    expect(secondsOf(entryOf(journal.entries, 'verified', 'b'))).toBeLessThanOrEqual(2 * (1 + 30 + 8 + 1));
  });

  it('that was a start is asked again as the same request', async () => {
    const [clock, effects, journal] = [passingClock(), noEffects(), memoryJournal()];
    const step = sampleStep('once', effects);
    const tokens: string[] = [];
    const once: Step = {
      ...step,
      start: (input, ctx) => {
        tokens.push(ctx.token);
        return tokens.length === 1 ? never() : step.start(input, ctx);
      },
    };
    const { outcome } = await clock.until(runPlan(samplePlan([{ id: 'once' }]), journal, worldOf(clock, effects, [once])));
    expect(outcome).toBe('recovered');
    expect(tokens).toEqual(['/once/1', '/once/1']);
    expect(journal.entries.filter(({ kind }) => kind === 'started')).toHaveLength(1);
  });

  it('takes no start its place, however many hang, and nobody is woken for nothing', async () => {
    const [clock, effects, journal] = [passingClock(), noEffects(), memoryJournal()];
    const hung = ids('hung', 200).map((id): Step => ({ ...sampleStep(id, effects), poll: never }));
    const line = ids('line', 3);
    const plan = samplePlan([
      ...hung.map((_, at) => ({ id: `hung-${at}`, limitSeconds: 300 })),
      ...line.map((id, at) => ({ id, needs: line.slice(Math.max(0, at - 1), at) })),
    ]);
    const steps = [...hung, ...line.map((id) => slowly(sampleStep(id, effects, { seconds: 30 }), clock))];
    const { outcome } = await clock.until(runPlan(plan, journal, worldOf(clock, effects, steps)));
    expect(outcome).toBe('held');
    expect(secondsOf(entryOf(journal.entries, 'verified', 'line-2'))).toBeLessThanOrEqual(3 * (1 + 30 + 8 + 1));
    expect(clock.wakes).toBeLessThan(500);
  });

  it('while a run is being undone fails the undoing at its limit', async () => {
    const [clock, effects, journal] = [passingClock(), noEffects(), memoryJournal()];
    const steps = [{ ...sampleStep('made', effects), undo: never }, sampleStep('broken', effects, { fails: () => new Error('unused') })];
    const plan = samplePlan([{ id: 'made', undo: 'undoes', limitSeconds: 120 }]);
    await journal.append(
      [
        { kind: 'started', task: 'made', attempt: 1 },
        { kind: 'accepted', task: 'made', attempt: 1, handle: null },
        { kind: 'decided', task: 'made', decision: 'undo', by: 'cto', reason: 'another day' },
      ],
      clock.now(),
      0,
    );
    const { outcome, state } = await clock.until(runPlan(plan, journal, worldOf(clock, effects, steps)));
    expect(outcome).toBe('held');
    expect(state.undo?.failed).toBe('made');
    expect(state.tasks.get('made')?.error?.kind).toBe('timed-out');
  });

  it('is not needed by a bug: what a step throws ends the run at once, while others are still under way', async () => {
    const [clock, effects] = [passingClock(), noEffects()];
    const hung: Step = { ...sampleStep('hung', effects), poll: never };
    const buggy: Step = { ...sampleStep('buggy', effects), poll: () => Promise.reject(new TypeError('no such field')) };
    const plan = samplePlan([{ id: 'hung' }, { id: 'buggy' }]);
    await expect(clock.until(runPlan(plan, memoryJournal(), worldOf(clock, effects, [hung, buggy])))).rejects.toThrow(
      'buggy threw while asked to poll',
    );
  });
});
