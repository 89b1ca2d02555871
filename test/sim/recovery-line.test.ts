import { describe, expect, it } from '@jest/globals';
import { runPlan } from '../../recovery/engine/run-plan.js';
import { ambassifyPlan, opened, regionLost, runWorldOver } from '../helpers/recovery-line.js';
import { memoryJournal } from '../helpers/memory-journal.js';
import type { RecoveryWorld } from '../helpers/recovery-world.js';
import { epochNow, switchNow } from '../../recovery/simulation/standing/traffic.js';
import { tasksNow } from '../../recovery/simulation/standing/service.js';

const carriedOut = async (world: RecoveryWorld) => {
  const journal = memoryJournal();
  await journal.append([opened], '2030-01-01T00:00:00.000Z', 0);
  const ended = runPlan(ambassifyPlan(world), journal, runWorldOver(world));
  return { journal, ended };
};

/** What the recovery left in AWS, without the moments at which it did. */
const leftBehind = async (world: RecoveryWorld) => {
  const { RestoreJobs } = await world.call<{ RestoreJobs: unknown[] }>('backup', 'ListRestoreJobs');
  return {
    restores: RestoreJobs.length,
    password: [...world.dataplane.databaseNames.values()].map(({ password }) => password),
    scalings: world.ledger.since().filter(({ operation, via, error }) => operation === 'UpdateService' && via === 'client' && !error)
      .length,
    tasks: (await tasksNow(world)).filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    epoch: await epochNow(world),
    switchedBy: ((await switchNow(world)) as { run: string } | undefined)?.run,
  };
};

describe('the recovery of production, every step and check over the twin’s services', () => {
  it('ends recovered, having asked nothing of the lost region and written nothing to a global control plane', async () => {
    const world = await regionLost();
    const before = world.ledger.since().length;
    const { journal, ended } = await carriedOut(world);
    const { outcome, state } = await ended;
    expect({ outcome, hold: state.hold }).toEqual({ outcome: 'recovered', hold: null });
    const calls = world.ledger.since(before);
    expect(calls.filter(({ region }) => region === 'eu-west-1')).toEqual([]);
    expect(calls.filter(({ service, plane }) => ['iam', 'route-53'].includes(service) && plane === 'control-write')).toEqual([]);
    expect(await leftBehind(world)).toMatchObject({
      restores: 1,
      password: ['frankfurts-own-password'],
      scalings: 1,
      tasks: 2,
      epoch: { epoch: 2, writer: 'frankfurt', raisedBy: 'run-1' },
      switchedBy: 'run-1',
    });
    const proof = state.tasks.get('prove-dns')?.evidence[0];
    expect(proof?.data).toEqual({
      addresses: ['127.9.0.2'],
      overHolding: [{ server: 'over-holding', addresses: ['127.9.0.1'], secondsPastTtl: expect.any(Number) as unknown }],
    });
    expect(JSON.stringify(journal.entries)).not.toContain('own-password');
  });

  it('holds at the missing recovery point, with the switch untouched', async () => {
    const world = await regionLost({ copied: false });
    const { ended } = await carriedOut(world);
    const { outcome, state } = await ended;
    expect(outcome).toBe('held');
    expect(state.hold).toMatchObject({
      task: 'choose-recovery-point',
      reason: expect.stringContaining('no completed recovery point') as unknown,
    });
    expect(await switchNow(world)).toBeUndefined();
  });

  it('holds at a failing smoke test, with fence and switch untouched', async () => {
    const world = await regionLost();
    world.website.set('/sql-check', () => ({ body: { read: true, write: false, rows: 3, engineVersion: '18.4' } }));
    const { ended } = await carriedOut(world);
    const { outcome, state } = await ended;
    expect(outcome).toBe('held');
    expect(state.hold).toMatchObject({ task: 'smoke-tests', reason: expect.stringContaining('write does not') as unknown });
    expect(await epochNow(world)).toMatchObject({ epoch: 1, writer: 'dublin' });
    expect(await switchNow(world)).toBeUndefined();
  });
});
