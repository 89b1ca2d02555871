// The engine as it is, over the scripted RDS.
import { DescribeDBInstancesCommand, RestoreDBInstanceFromDBSnapshotCommand } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { runPlan } from '../../dist/recovery/engine/run-plan.js';
import { isUsable } from '../../dist/recovery/kit/database-instance.js';
import { evidence } from '../../dist/recovery/kit/define-check.js';
import { done, pending } from '../../dist/recovery/kit/define-step.js';
import { milliseconds } from '../../dist/recovery/model/time.js';
import { memoryJournal, virtualClock } from './memory-journal.mjs';
import { nobodyElse, samplePlan } from './sample-plan.mjs';
import { limits, pageSize, restore } from './script.mjs';
import { scriptedRds } from './scripted-rds.mjs';

const databases = {
  of: 'rds:db',
  most: pageSize,
  ask: async (names, region, aws) => {
    const filter = { Name: 'db-instance-id', Values: [...names] };
    const { DBInstances } = await aws.rds(region).send(new DescribeDBInstancesCommand({ Filters: [filter], MaxRecords: pageSize }));
    return new Map(DBInstances.map((instance) => [instance.DBInstanceIdentifier, instance]));
  },
};

const restoreStep = {
  uses: 'bench.restore-database',
  input: z.strictObject({ instance: z.string() }),
  paceSeconds: 10,
  start: async ({ instance }, ctx) => {
    const command = new RestoreDBInstanceFromDBSnapshotCommand({ DBInstanceIdentifier: instance, DBSnapshotIdentifier: 'snapshot' });
    await ctx.aws.rds(ctx.to.region).send(command);
    return { instance };
  },
  poll: async ({ instance }, _input, ctx) => {
    const found = await ctx.look(databases, ctx.to.region, instance);
    return found && isUsable(found) ? done({ instance }) : pending(found?.DBInstanceStatus ?? 'not there yet');
  },
  verify: async ({ instance }, _input, ctx) => {
    const found = await ctx.look(databases, ctx.to.region, instance);
    const seen = { expected: 'usable', observed: found?.DBInstanceStatus ?? 'not there', source: 'rds:DescribeDBInstances' };
    return [evidence(ctx, 'bench', `${instance} takes connections`, { holds: found !== undefined && isUsable(found), ...seen })];
  },
};

const iam = ['rds:RestoreDBInstanceFromDBSnapshot', 'rds:DescribeDBInstances'];
const expectedSeconds = (restore.least + restore.most) / 2;
const duration = { earliestSeconds: restore.least, expectedSeconds, latestSeconds: restore.most, source: 'assumption', samples: 0 };

export const planOf = (count) =>
  samplePlan(
    Array.from({ length: count }, (_, index) => ({
      ...{
        id: `db-${index}`,
        uses: restoreStep.uses,
        with: { instance: `db-${index}` },
        iam,
        duration,
        expectedSeconds,
        limitSeconds: 7_200,
      },
    })),
  );

/** One run; `plan` may be shared between runs of as many databases. */
export const ours = async (plan, script) => {
  const clock = virtualClock(script.beginning);
  const rds = scriptedRds(script, clock.milliseconds);
  const journal = memoryJournal();
  // One tick: whatever is asked before the engine says what came of it.
  const ticks = { most: 0, wasteful: 0 };
  let tick = { calls: 0, names: 0 };
  const over = () => {
    ticks.most = Math.max(ticks.most, tick.calls);
    if (tick.calls > Math.ceil(tick.names / pageSize)) ticks.wasteful += 1;
    tick = { calls: 0, names: 0 };
  };
  const send = async (command) => {
    if (command instanceof DescribeDBInstancesCommand)
      tick = { calls: tick.calls + 1, names: tick.names + command.input.Filters[0].Values.length };
    return rds.port.send(command);
  };
  const { outcome } = await runPlan(plan, journal, {
    ...nobodyElse,
    clock,
    aws: new Proxy({}, { get: () => () => ({ send }) }),
    steps: [restoreStep],
    watch: { entry: over, look: over },
    limits: (calls) =>
      calls.class === 'write' ? { ...limits, mostPerSecond: limits.perSecond } : { burst: 1_000, perSecond: 1_000, mostPerSecond: 1_000 },
  });
  if (outcome !== 'recovered') throw new Error(`seed ${script.seed}: ended ${outcome}: ${JSON.stringify(journal.entries.at(-1))}`);
  const noticed = journal.entries.filter(({ kind }) => kind === 'done').map(({ task, at }) => ({ name: task, at: milliseconds(at) }));
  return { noticed, endedAt: clock.milliseconds(), gaveUp: 0, rds, ticks };
};
