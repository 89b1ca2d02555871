import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { choicesOf } from '../../../recovery/engine/choices.js';
import { runPlan } from '../../../recovery/engine/run-plan.js';
import type { JournalEntry } from '../../../recovery/model/journal-entry.js';
import { instant } from '../../../recovery/model/time.js';
import { memoryJournal } from '../../helpers/memory-journal.js';
import { drawnTasks, planOf, worldOf, type Drawn } from '../../helpers/random-runs.js';
import { samplePlan } from '../../helpers/sample-plan.js';
import { noEffects, rejected, sampleStep, sampleWorld, type Effects } from '../../helpers/sample-world.js';

const undo = { kind: 'decided', decision: 'undo', by: 'cto', reason: 'come back tomorrow' } as const;

/** Runs to the first hold and decides to undo, where that is offered. */
const decidedToUndo = async (drawn: readonly Drawn[]) => {
  const plan = planOf(drawn);
  const effects = noEffects();
  const journal = memoryJournal();
  const world = worldOf(drawn, effects);
  const { outcome, state } = await runPlan(plan, journal, world);
  const now = instant(effects.clockMs);
  const offered = choicesOf(plan, state, now).find(({ decision }) => decision === 'undo');
  if (offered) await journal.append([{ ...undo, task: offered.task }], now, journal.entries.length);
  return { plan, effects, journal, world, held: outcome === 'held', offered };
};

const of = (entries: readonly JournalEntry[], kind: 'started' | 'undo-started' | 'undone') =>
  entries.flatMap((entry) => (entry.kind === kind ? [`${entry.task}/${entry.attempt}`] : []));
const copyOf = ({ done, clockMs }: Effects): Effects => ({ done: [...done], clockMs });

describe('a run that is undone', () => {
  it('takes back what can be taken back, newest first, leaves the rest, and only before the point of no return', async () => {
    await fc.assert(
      fc.asyncProperty(drawnTasks, async (drawn) => {
        const { plan, effects, journal, world, held, offered } = await decidedToUndo(drawn);
        const begun = of(journal.entries, 'started');
        const irreversible = begun.some((one) => plan.tasks.find(({ id }) => id === one.split('/')[0])?.effect !== 'reversible');
        expect(offered !== undefined).toBe(held && !irreversible);
        if (!offered) return;
        const undoable = begun.filter((one) => plan.tasks.find(({ id }) => id === one.split('/')[0])?.undo === 'undoes');
        const stays = effects.done.filter(({ task }) => plan.tasks.find(({ id }) => id === task)?.undo !== 'undoes');
        const { outcome, state } = await runPlan(plan, journal, world);
        expect(outcome).toBe('undone');
        expect(of(journal.entries, 'undone')).toEqual([...undoable].reverse());
        expect(effects.done).toEqual(stays);
        expect(state.receipt).toBeNull();
        expect(new Set(state.left)).toEqual(new Set(undoable.map((one) => `leftover of ${one.split('/')[0]}`)));
      }),
      { numRuns: 300 },
    );
  });

  it('killed before any entry and resumed, comes to the same end', async () => {
    await fc.assert(
      fc.asyncProperty(drawnTasks, async (drawn) => {
        const { plan, effects, journal, offered } = await decidedToUndo(drawn);
        if (!offered) return;
        const whole = copyOf(effects);
        const uninterrupted = memoryJournal(journal.entries);
        const { state } = await runPlan(plan, uninterrupted, worldOf(drawn, whole));
        for (let crash = journal.entries.length + 1; crash <= uninterrupted.entries.length; crash++) {
          const again = copyOf(effects);
          const torn = memoryJournal(journal.entries, crash);
          await expect(runPlan(plan, torn, worldOf(drawn, again))).rejects.toThrow(`crashed before entry ${crash}`);
          const resumed = memoryJournal(torn.entries);
          const end = await runPlan(plan, resumed, worldOf(drawn, again));
          expect(end.outcome).toBe('undone');
          expect(end.state.left).toEqual(state.left);
          expect(again.done).toEqual(whole.done);
          expect(of(resumed.entries, 'undo-started')).toEqual(of(uninterrupted.entries, 'undo-started'));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('undoes every attempt at a task, and holds where one cannot be taken back until somebody says again', async () => {
    const plan = samplePlan([
      { id: 'scale', undo: 'undoes' },
      { id: 'test', needs: ['scale'] },
    ]);
    const effects = noEffects();
    let [scaleFails, stuck] = [1, true];
    const steps = [
      sampleStep('scale', effects, {
        undoes: true,
        fails: () => (scaleFails-- > 0 ? rejected('no capacity') : null),
        undoFails: () => (stuck ? rejected('access denied') : null),
      }),
      sampleStep('test', effects, { fails: () => rejected('no answer') }),
    ];
    const world = sampleWorld(effects, steps);
    const journal = memoryJournal();
    const decide = (task: string, decision: 'retry' | 'undo') =>
      journal.append([{ ...undo, task, decision }], instant(effects.clockMs), journal.entries.length);
    await runPlan(plan, journal, world);
    await decide('scale', 'retry');
    expect((await runPlan(plan, journal, world)).state.hold?.task).toBe('test');
    await decide('test', 'undo');
    const held = await runPlan(plan, journal, world);
    expect(held.state.hold).toMatchObject({ task: 'scale', reason: 'scale could not be undone: access denied' });
    expect(held.state.hold?.choices.map((choice) => choice.split(/ +/)[3])).toEqual(['undo', 'abandon']);
    stuck = false;
    await decide('scale', 'undo');
    const end = await runPlan(plan, journal, world);
    expect(end.outcome).toBe('undone');
    expect(of(journal.entries, 'undone')).toEqual(['scale/2', 'scale/1']);
    expect(effects.done).toEqual([]);
  });
});
