import { describe, expect, it } from '@jest/globals';
import { thisProcess } from '../../recovery/adapters/this-process.js';
import { claimRecovery } from '../../recovery/cli/claim.js';
import { stateOf } from '../../recovery/cli/read-run.js';
import { runPlan } from '../../recovery/engine/run-plan.js';
import { runSummary } from '../../recovery/engine/run-summary.js';
import { hashOf } from '../../recovery/model/canonical.js';
import type { Happening } from '../../recovery/model/journal-entry.js';
import type { RecoveryError } from '../../recovery/model/recovery-error.js';
import type { RunStore } from '../../recovery/ports/run-store.js';
import { realisticHappenings } from '../helpers/realistic-entries.js';
import { runStores } from '../helpers/run-stores.js';
import { samplePlan } from '../helpers/sample-plan.js';
import { noEffects, sampleWorld, stepsFor, type Effects } from '../helpers/sample-world.js';

const plan = samplePlan([{ id: 'restore' }, { id: 'scale', needs: ['restore'] }]);
const recovery = 'twin-1-dublin-frankfurt';
const at = '2030-01-01T02:00:00.000Z';

/** What `altsite run` does between its claim and its end. `stays`: for as long as it is at it. */
const operator = async (store: RunStore, by: string, run: string, effects: Effects, stays: Promise<unknown>): Promise<void> => {
  const writer = thisProcess(by);
  const claim = await claimRecovery(store, recovery, writer);
  try {
    await store.savePlan(plan, hashOf(plan));
    await claim.named(run);
    const journal = await store.open(run, writer, runSummary());
    const [opened] = realisticHappenings(1, 1);
    try {
      await journal.append([{ ...opened, run, planHash: hashOf(plan) } as Happening], at, 0);
      await stays;
      await runPlan(plan, journal, sampleWorld(effects, stepsFor(plan, effects)));
    } finally {
      await journal.close();
    }
  } finally {
    await claim.release();
  }
};

describe.each(runStores)('two operators who start the same recovery at the same moment, in one process over %s', (_name, made) => {
  it('twenty times: one proceeds, the other begins nothing and is told who, where and how to follow', async () => {
    const shared = await made();
    for (let round = 1; round <= 20; round++) {
      const names = { cto: `run-${round}-cto`, ceo: `run-${round}-ceo` };
      const effects = { cto: noEffects(), ceo: noEffects() };
      let told: () => void = () => undefined;
      const loserTold = new Promise<void>((resolve) => (told = resolve));
      const starts = (['cto', 'ceo'] as const).map((by) =>
        operator(shared.operator(), by, names[by], effects[by], loserTold).then(
          () => ({ by, error: null }),
          (error: unknown) => (told(), { by, error: error as RecoveryError }),
        ),
      );
      const ended = await Promise.all(starts);
      const [winner, ...others] = ended.filter(({ error }) => error === null);
      const loser = ended.find(({ error }) => error !== null);
      expect({ round, others, loser: loser?.error?.kind }).toEqual({ round, others: [], loser: 'fenced' });
      if (!winner || !loser) throw new Error('nobody won, or nobody lost');
      expect(loser.error?.message).toMatch(
        new RegExp(
          `^run ${names[winner.by]} is being carried out by ${winner.by}, process \\d+ on \\S+ since .*altsite status ${names[winner.by]}$`,
        ),
      );
      expect(effects[winner.by].done).toHaveLength(2);
      expect(effects[loser.by].done).toEqual([]);
      const store = shared.operator();
      expect(await store.has(names[loser.by])).toBe(false);
      expect((await stateOf(store, names[winner.by])).outcome).toBe('recovered');
    }
    await shared.gone();
  }, 60_000);

  it('an unfinished run that nobody carries out keeps its claim, and says how to go on or to give it up', async () => {
    const shared = await made();
    const crashed = operator(shared.operator(), 'cto', 'run-1', noEffects(), Promise.reject(new Error('killed')));
    await expect(crashed).rejects.toThrow('killed');
    const second = () => claimRecovery(shared.operator(), recovery, thisProcess('ceo'));
    const unfinished = { kind: 'fenced', code: 'recovery-unfinished' };
    await expect(second()).rejects.toMatchObject({
      ...unfinished,
      message: expect.stringMatching(
        /^run run-1 of this recovery is unfinished, and nobody carries it out now .*go on with: altsite resume run-1; once it holds/,
      ),
    });
    const journal = await shared.operator().open('run-1', thisProcess('cto'));
    await journal.append([{ kind: 'held', task: 'restore', reason: 'no', choices: [] }], at, 1);
    await expect(second()).rejects.toMatchObject({ code: 'journal-locked' });
    await journal.close();
    await expect(second()).rejects.toMatchObject({
      ...unfinished,
      message: expect.stringContaining('altsite decide run-1 restore abandon'),
    });
    const ending = await shared.operator().open('run-1', thisProcess('cto'));
    await ending.append([{ kind: 'ended', outcome: 'abandoned' }], at, 2);
    await ending.close();
    await expect(second()).resolves.toBeDefined();
    await shared.gone();
  });

  it('a claim whose process died before its run began is free, and so is one that was given back', async () => {
    const shared = await made();
    const dead = { ...thisProcess('cto'), process: 2 ** 22 + 1, run: null };
    expect(await shared.operator().replaceClaim(recovery, null, dead)).toBe(true);
    const claim = await claimRecovery(shared.operator(), recovery, thisProcess('ceo'));
    await claim.named('run-1');
    await claim.release();
    expect(await shared.operator().claimOf(recovery)).toBeNull();
    await shared.gone();
  });

  it('a run that is resumed keeps its own claim', async () => {
    const shared = await made();
    const dead = { ...thisProcess('cto'), process: 2 ** 22 + 1, run: 'run-1' };
    await shared.operator().replaceClaim(recovery, null, dead);
    await claimRecovery(shared.operator(), recovery, thisProcess('ceo'), 'run-1');
    expect(await shared.operator().claimOf(recovery)).toMatchObject({ by: 'ceo', run: 'run-1' });
    await shared.gone();
  });
});
