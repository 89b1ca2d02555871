import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runPlan } from '../../../recovery/engine/run-plan.js';
import type { JournalEntry } from '../../../recovery/model/journal-entry.js';
import type { Plan } from '../../../recovery/model/plan.js';
import { memoryJournal } from '../../helpers/memory-journal.js';
import { samplePlan } from '../../helpers/sample-plan.js';
import { beginning, noEffects, rejected, sampleStep, sampleWorld, stepsFor, transient } from '../../helpers/sample-world.js';

const line = () =>
  samplePlan([{ id: 'restore' }, { id: 'scale', needs: ['restore'] }, { id: 'cut-over', needs: ['scale'], effect: 'irreversible' }]);
const kinds = (entries: readonly JournalEntry[]): string[] =>
  entries.map((entry) => ('task' in entry ? `${entry.kind} ${entry.task}` : entry.kind));

describe('a run', () => {
  it('starts a task when all it needs is verified, and ends recovered', async () => {
    const effects = noEffects();
    const journal = memoryJournal();
    const { outcome } = await runPlan(line(), journal, sampleWorld(effects, stepsFor(line(), effects)));
    expect(outcome).toBe('recovered');
    expect(kinds(journal.entries)).toEqual([
      ...['started restore', 'accepted restore', 'done restore', 'verified restore'],
      ...['started scale', 'accepted scale', 'done scale', 'verified scale'],
      ...['authorised cut-over', 'started cut-over', 'accepted cut-over', 'done cut-over', 'verified cut-over', 'ended'],
    ]);
  });

  it('works on independent tasks at the same time', async () => {
    const effects = noEffects();
    const plan = samplePlan([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
    await runPlan(plan, memoryJournal(), sampleWorld(effects, stepsFor(plan, effects, 60)));
    expect((effects.clockMs - beginning) / 1000).toBe(60);
  });

  it('holds before the first irreversible task while nobody with authority says so', async () => {
    const effects = noEffects();
    const { outcome, state } = await runPlan(
      line(),
      memoryJournal(),
      sampleWorld(effects, stepsFor(line(), effects), { authority: { authorise: async () => null } }),
    );
    expect(outcome).toBe('held');
    expect(state.hold?.task).toBe('cut-over');
    expect(state.hold?.reason).toContain('cto, ceo');
    expect(effects.done.map(({ task }) => task)).toEqual(['restore', 'scale']);
  });

  it('holds with cause and choices when a task fails, finishes what does not depend on it, and starts nothing irreversible', async () => {
    const effects = noEffects();
    const plan = samplePlan([
      { id: 'restore' },
      { id: 'tell' },
      { id: 'fence', effect: 'irreversible' },
      { id: 'cut-over', needs: ['restore'] },
    ]);
    const steps = [sampleStep('restore', effects, { fails: () => rejected('no recovery point') }), ...stepsFor(plan, effects).slice(1)];
    const { outcome, state } = await runPlan(plan, memoryJournal(), sampleWorld(effects, steps));
    expect(outcome).toBe('held');
    expect(state.hold).toMatchObject({ task: 'restore', reason: 'no recovery point' });
    expect(state.hold?.choices.map((choice) => choice.split(/ +/)[3])).toEqual(['retry', 'undo', 'abandon']);
    expect(effects.done.map(({ task }) => task)).toEqual(['tell']);
  });

  it('looks again after a transient failure, and gives up at the limit with the last cause', async () => {
    const effects = noEffects();
    let refusals = 3;
    const plan = samplePlan([{ id: 'restore' }]);
    const soon = await runPlan(
      plan,
      memoryJournal(),
      sampleWorld(effects, [sampleStep('restore', effects, { fails: () => (refusals-- > 0 ? transient('slow down') : null) })]),
    );
    expect(soon.outcome).toBe('recovered');
    const never = await runPlan(
      plan,
      memoryJournal(),
      sampleWorld(noEffects(), [sampleStep('restore', effects, { fails: () => transient('slow down') })]),
    );
    expect(never.outcome).toBe('held');
    expect(never.state.tasks.get('restore')?.error).toMatchObject({ kind: 'timed-out', causes: ['slow down'] });
  });

  it('retries under a new attempt after a decision, and ends abandoned when told to', async () => {
    const effects = noEffects();
    const plan = samplePlan([{ id: 'restore' }]);
    let broken = true;
    const world = sampleWorld(effects, [sampleStep('restore', effects, { fails: () => (broken ? rejected('no') : null) })]);
    const journal = memoryJournal();
    await runPlan(plan, journal, world);
    broken = false;
    await journal.append(
      [{ kind: 'decided', task: 'restore', decision: 'retry', by: 'cto', reason: 'mended' }],
      '',
      journal.entries.length,
    );
    expect((await runPlan(plan, journal, world)).outcome).toBe('recovered');
    expect(effects.done).toEqual([{ task: 'restore', token: '/restore/2' }]);
    const given = memoryJournal(journal.entries.slice(0, 3));
    await given.append([{ kind: 'decided', task: 'restore', decision: 'abandon', by: 'cto', reason: 'no' }], '', given.entries.length);
    expect((await runPlan(plan, given, world)).outcome).toBe('abandoned');
  });

  it('waits for people, takes their acknowledgement once, and holds when they stay silent to the limit', async () => {
    const effects = noEffects();
    const plan = samplePlan([{ id: 'contact', does: 'ask', owner: 'cto', request: 'call partners' } as never]);
    const answer = { task: 'contact', by: 'cto', note: '', source: 'test' };
    const answered = memoryJournal();
    const world = sampleWorld(effects, [], {
      people: { ask: async () => undefined, answers: async () => (effects.clockMs > beginning + 60_000 ? [answer, answer] : []) },
    });
    expect((await runPlan(plan, answered, world)).outcome).toBe('recovered');
    expect(kinds(answered.entries)).toEqual(['asked contact', 'acknowledged contact', 'ended']);
    const silent = await runPlan(plan, memoryJournal(), sampleWorld(noEffects(), []));
    expect(silent.state.hold).toMatchObject({ task: 'contact', reason: 'cto has not acknowledged: call partners' });
  });

  it('stops between two moves when interrupted, with nothing held and nothing lost', async () => {
    const effects = noEffects();
    let moves = 0;
    const journal = memoryJournal();
    const world = sampleWorld(effects, stepsFor(line(), effects), { interrupted: () => ++moves > 4 });
    expect((await runPlan(line(), journal, world)).outcome).toBe('interrupted');
    expect((await runPlan(line(), journal, sampleWorld(effects, stepsFor(line(), effects)))).outcome).toBe('recovered');
    expect(effects.done.map(({ task }) => task)).toEqual(['restore', 'scale', 'cut-over']);
  });

  it('crashed before any journal entry and resumed: same end, every effect exactly once', async () => {
    const whole = memoryJournal();
    const all = noEffects();
    await runPlan(line(), whole, sampleWorld(all, stepsFor(line(), all)));
    for (let crash = 1; crash <= whole.entries.length; crash++) {
      const effects = noEffects();
      const torn = memoryJournal([], crash);
      await expect(runPlan(line(), torn, sampleWorld(effects, stepsFor(line(), effects)))).rejects.toThrow(`crashed before entry ${crash}`);
      const resumed = await runPlan(line(), memoryJournal(torn.entries), sampleWorld(effects, stepsFor(line(), effects)));
      expect(resumed.outcome).toBe('recovered');
      expect(effects.done.map(({ task }) => task)).toEqual(['restore', 'scale', 'cut-over']);
    }
  });

  it('over random graphs and random failures: ends in a named outcome, never starts a task before its needs, repeats exactly', async () => {
    await fc.assert(
      fc.asyncProperty(randomPlan, fc.array(fc.nat(7), { maxLength: 3 }), async (plan, failing) => {
        const play = async () => {
          const effects = noEffects();
          const steps = plan.tasks.map(({ id, effect }, at) =>
            sampleStep(id, effects, { seconds: at * 7, effect, fails: () => (failing.includes(at) ? rejected('broken') : null) }),
          );
          const journal = memoryJournal();
          const end = await runPlan(plan, journal, sampleWorld(effects, steps));
          return { end, effects, journal };
        };
        const { end, effects, journal } = await play();
        const order = effects.done.map(({ task }) => task);
        for (const task of plan.tasks)
          for (const need of task.needs) if (order.includes(task.id)) expect(order.indexOf(need)).toBeLessThan(order.indexOf(task.id));
        expect(end.outcome).toBe(failing.some((at) => at < plan.tasks.length) ? 'held' : 'recovered');
        expect((await play()).journal.entries).toEqual(journal.entries);
      }),
      { numRuns: 200 },
    );
  });
});

const randomPlan: fc.Arbitrary<Plan> = fc
  .array(fc.record({ needs: fc.array(fc.nat(7), { maxLength: 3 }), irreversible: fc.boolean() }), { minLength: 1, maxLength: 8 })
  .map((drawn) =>
    samplePlan(
      drawn.map(({ needs, irreversible }, at) => ({
        id: `t${at}`,
        effect: irreversible ? ('irreversible' as const) : ('reversible' as const),
        needs: [...new Set(needs.filter((need) => need < at).map((need) => `t${need}`))],
      })),
    ),
  );
