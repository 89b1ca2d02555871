import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { choicesOf, objectionTo } from '../../../recovery/engine/choices.js';
import { decisions, type Decision } from '../../../recovery/model/decision.js';
import { fold } from '../../../recovery/engine/fold.js';
import { runPlan } from '../../../recovery/engine/run-plan.js';
import { satisfied } from '../../../recovery/model/satisfied.js';
import type { Happening, JournalEntry } from '../../../recovery/model/journal-entry.js';
import type { Plan, Task } from '../../../recovery/model/plan.js';
import { instant, later } from '../../../recovery/model/time.js';
import { memoryJournal } from '../../helpers/memory-journal.js';
import { drawnTasks, planOf, worldOf, type Drawn } from '../../helpers/random-runs.js';
import { noEffects, type Effects } from '../../helpers/sample-world.js';

/** Any decision at all, allowed or not, as a hand-written journal could hold it. */
const anyDecision = fc.record({
  // Mostly where the run is held, or nothing would ever come of it.
  task: fc.oneof(
    { weight: 3, arbitrary: fc.constant('held') },
    fc.nat(6).map((at) => `t${at}`),
  ),
  decision: fc.constantFrom<Decision>('retry', 'skip', 'waive', 'waive', 'undo'),
  by: fc.constantFrom('cto', 'cto', 'customer-success'),
  seconds: fc.constantFrom(-60, 30, 86_400),
});
type AnyDecision = typeof anyDecision extends fc.Arbitrary<infer T> ? T : never;

const happening = ({ task, decision, by, seconds }: AnyDecision, held: string, effects: Effects): Happening => ({
  kind: 'decided',
  task: task === 'held' ? held : task,
  decision,
  by,
  reason: 'drawn',
  ...(decision === 'waive' ? { expiresAt: later(instant(effects.clockMs), seconds) } : {}),
});

/** Runs, decides, runs again, until the decisions are used up or the run has ended. */
const playedWith = async (drawn: readonly Drawn[], decided: readonly AnyDecision[]) => {
  const plan = planOf(drawn);
  const effects = noEffects();
  const journal = memoryJournal();
  const world = worldOf(drawn, effects);
  let { outcome, state } = await runPlan(plan, journal, world);
  for (const one of decided) {
    if (outcome !== 'held') break;
    await journal.append([happening(one, state.hold?.task ?? '', effects)], instant(effects.clockMs), journal.entries.length);
    effects.clockMs += 5_000;
    ({ outcome, state } = await runPlan(plan, journal, world));
  }
  return { plan, entries: journal.entries, outcome, effects };
};

const allBefore = (plan: Plan, task: Task): Task[] =>
  task.needs.flatMap((id) => plan.tasks.filter((one) => one.id === id)).flatMap((one) => [one, ...allBefore(plan, one)]);

/** What the journal last said of a task, by its own words and nothing of the engine's. */
const lastWord = (entries: readonly JournalEntry[], id: string): JournalEntry | undefined =>
  entries.findLast((entry) => {
    if (!('task' in entry) || entry.task !== id || entry.kind === 'held' || entry.kind === 'authorised') return false;
    return entry.kind !== 'decided' || (entry.decision !== 'undo' && entry.decision !== 'abandon');
  });
const brokenIn = (entries: readonly JournalEntry[], id: string): string[] => {
  const failed = entries.findLast((entry) => entry.kind === 'failed' && entry.task === id);
  return failed?.kind === 'failed' ? failed.evidence.filter((one) => !satisfied([one])).map(({ check }) => check) : [];
};
const rightlyPassed = (plan: Plan, task: Task, entries: readonly JournalEntry[], at: string): boolean => {
  const word = lastWord(entries, task.id);
  if (word?.kind === 'verified' || word?.kind === 'acknowledged') return true;
  if (word?.kind !== 'decided') return false;
  if (word.decision === 'skip') return task.does !== 'gate' && task.skippable;
  if (word.decision !== 'waive' || task.does !== 'gate' || !word.expiresAt) return false;
  const broken = brokenIn(entries, task.id);
  return (
    plan.succession.includes(word.by) &&
    word.expiresAt > at &&
    task.checks.every(({ uses, waivable }) => waivable || !broken.includes(uses))
  );
};

describe('whatever anybody decides, allowed or not', () => {
  it('nothing irreversible starts behind a gate that failed, was skipped, or is not rightly waived, nor while anything is failed', async () => {
    await fc.assert(
      fc.asyncProperty(drawnTasks, fc.array(anyDecision, { maxLength: 12 }), async (drawn, decided) => {
        const { plan, entries } = await playedWith(drawn, decided);
        entries.forEach((entry, index) => {
          const task = entry.kind === 'started' ? plan.tasks.find(({ id }) => id === entry.task) : undefined;
          if (!task || task.effect === 'reversible') return;
          const earlier = entries.slice(0, index);
          expect(
            allBefore(plan, task)
              .filter((one) => !rightlyPassed(plan, one, earlier, entry.at))
              .map(({ id }) => id),
          ).toEqual([]);
          expect(plan.tasks.filter(({ id }) => lastWord(earlier, id)?.kind === 'failed').map(({ id }) => id)).toEqual([]);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('a run that started something irreversible is never undone', async () => {
    await fc.assert(
      fc.asyncProperty(drawnTasks, fc.array(anyDecision, { maxLength: 12 }), async (drawn, decided) => {
        const { plan, entries, outcome } = await playedWith(drawn, decided);
        const irreversible = entries.findIndex(
          (entry) => entry.kind === 'started' && plan.tasks.some(({ id, effect }) => id === entry.task && effect !== 'reversible'),
        );
        if (irreversible < 0) return;
        expect(outcome).not.toBe('undone');
        expect(entries.slice(irreversible).filter(({ kind }) => kind === 'undo-started')).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('a hold lists exactly the decisions that would be accepted, and there is always a way out', async () => {
    await fc.assert(
      fc.asyncProperty(drawnTasks, fc.array(anyDecision, { maxLength: 6 }), async (drawn, decided) => {
        const { plan, entries, outcome, effects } = await playedWith(drawn, decided);
        if (outcome !== 'held') return;
        const state = fold(entries);
        const now = instant(effects.clockMs);
        const listed = state.hold?.choices.filter((choice) => choice.includes(' decide ')).map((choice) => choice.split(/ +/).slice(2, 4));
        const accepted = plan.tasks.flatMap(({ id }) =>
          decisions
            .filter((decision) => objectionTo(plan, state, now, { task: id, decision }) === undefined)
            .map((decision) => [id, decision]),
        );
        expect(listed).toEqual(accepted);
        expect(accepted.map(([, decision]) => decision)).toContain('abandon');
      }),
      { numRuns: 300 },
    );
  });

  it('a run in which only what is offered is chosen, retry first, always recovers', async () => {
    await fc.assert(
      fc.asyncProperty(drawnTasks, async (drawn) => {
        const plan = planOf(drawn.map((one) => ({ ...one, skippable: one.skippable || one.does === 'ask' })));
        const effects = noEffects();
        const journal = memoryJournal();
        const world = worldOf(drawn, effects);
        let { outcome } = await runPlan(plan, journal, world);
        for (let round = 0; outcome === 'held' && round < 40; round++) {
          const [choice] = choicesOf(plan, fold(journal.entries), instant(effects.clockMs));
          await journal.append(
            [{ kind: 'decided', by: 'cto', reason: 'first offered', ...choice! }],
            instant(effects.clockMs),
            journal.entries.length,
          );
          ({ outcome } = await runPlan(plan, journal, world));
        }
        expect(outcome).toBe('recovered');
      }),
      { numRuns: 200 },
    );
  });
});
