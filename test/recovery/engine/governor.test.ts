import { RestoreDBInstanceFromDBSnapshotCommand } from '@aws-sdk/client-rds';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Governor, type CallClass, type Limit } from '../../../recovery/engine/governor.js';
import { runPlan } from '../../../recovery/engine/run-plan.js';
import type { Step } from '../../../recovery/kit/define-step.js';
import { milliseconds } from '../../../recovery/model/time.js';
import { RecoveryError } from '../../../recovery/model/recovery-error.js';
import type { Aws } from '../../../recovery/ports/aws.js';
import { memoryJournal } from '../../helpers/memory-journal.js';
import { samplePlan } from '../../helpers/sample-plan.js';
import { beginning, noEffects, sampleStep, sampleWorld } from '../../helpers/sample-world.js';

const restores: CallClass = { service: 'rds', region: 'eu-central-1', class: 'write' };
const drawnLimit = fc
  .record({ burst: fc.integer({ min: 1, max: 20 }), tenths: fc.integer({ min: 1, max: 50 }), more: fc.integer({ min: 1, max: 5 }) })
  .map(({ burst, tenths, more }): Limit => ({ burst, perSecond: tenths / 10, mostPerSecond: (tenths / 10) * more }));

/** By how many calls any window between two of these moments, in order, holds more than a bucket lets go; negative: none does. */
const mostBeyond = ({ burst, mostPerSecond }: Limit, went: readonly number[]): number => {
  let most = -Infinity;
  for (let from = 0; from < went.length; from++)
    for (let to = from; to < went.length; to++)
      most = Math.max(most, to - from + 1 - burst - ((went[to]! - went[from]!) / 1000) * mostPerSecond);
  return most;
};

describe('the governor', () => {
  it('never lets more go than burst and highest rate allow, over any window, however it is asked and answered', () => {
    const drawnAsk = fc.record({ afterMs: fc.nat(3_000), wants: fc.nat(30), answers: fc.constantFrom('answered', 'throttled', 'nothing') });
    fc.assert(
      fc.property(drawnLimit, fc.array(drawnAsk, { maxLength: 60 }), (limit, asks) => {
        const governor = new Governor(() => limit);
        const went: number[] = [];
        let now = beginning;
        for (const { afterMs, wants, answers } of asks) {
          now += afterMs;
          for (let want = 0; want < wants; want++)
            if (governor.take(restores, now)) {
              went.push(now);
              if (answers !== 'nothing') governor[answers](restores, now);
            }
        }
        expect(mostBeyond(limit, went)).toBeLessThanOrEqual(1e-6);
      }),
    );
  });

  it('says when there is a token again, and there is one then, and none before', () => {
    fc.assert(
      fc.property(drawnLimit, fc.nat(5_000), (limit, afterMs) => {
        const governor = new Governor(() => limit);
        while (governor.take(restores, beginning));
        const now = beginning + afterMs;
        while (governor.take(restores, now));
        const opens = governor.opensAt(restores, now);
        expect(governor.isOpen(restores, opens - 1)).toBe(false);
        expect(governor.take(restores, opens)).toBe(true);
      }),
    );
  });

  it('is slower after each throttled call and a little quicker after each answered one, within its bounds', () => {
    const limit = { burst: 1, perSecond: 1, mostPerSecond: 2 };
    const secondsForOne = (governor: Governor, now: number): number => {
      while (governor.take(restores, now));
      return (governor.opensAt(restores, now) - now) / 1000;
    };
    const throttled = new Governor(() => limit);
    throttled.throttled(restores, beginning);
    expect(secondsForOne(throttled, beginning)).toBeCloseTo(1 / 0.7, 2);
    for (let more = 0; more < 50; more++) throttled.throttled(restores, beginning);
    expect(secondsForOne(throttled, beginning)).toBeCloseTo(10, 2);
    for (let more = 0; more < 10; more++) throttled.answered(restores, beginning);
    expect(secondsForOne(throttled, beginning)).toBeCloseTo(1 / (0.1 + 10 * 0.02), 2);
    for (let more = 0; more < 1_000; more++) throttled.answered(restores, beginning);
    expect(secondsForOne(throttled, beginning)).toBeCloseTo(0.5, 2);
  });

  it('lets nobody go before AWS said that it may be asked again', () => {
    const governor = new Governor(() => ({ burst: 10, perSecond: 10, mostPerSecond: 10 }));
    governor.throttled(restores, beginning, 30);
    expect(governor.opensAt(restores, beginning)).toBe(beginning + 30_000);
    expect(governor.take(restores, beginning + 29_999)).toBe(false);
    expect(governor.take(restores, beginning + 30_000)).toBe(true);
  });

  it('keeps services, regions and classes of calls apart', () => {
    const governor = new Governor(() => ({ burst: 1, perSecond: 1, mostPerSecond: 1 }));
    const all: CallClass[] = [
      restores,
      { ...restores, service: 'backup' },
      { ...restores, region: 'eu-west-1' },
      { ...restores, class: 'read' },
    ];
    expect(all.map((calls) => governor.take(calls, beginning))).toEqual([true, true, true, true]);
    expect(all.map((calls) => governor.take(calls, beginning))).toEqual([false, false, false, false]);
  });
});

/** A step that restores: its start is a call that AWS may refuse. */
const restoring = (step: Step): Step => ({
  ...step,
  start: async (input, ctx) => {
    const asked = { DBInstanceIdentifier: ctx.task, DBSnapshotIdentifier: 'snapshot' };
    await ctx.aws.rds(ctx.to.region).send(new RestoreDBInstanceFromDBSnapshotCommand(asked));
    return step.start(input, ctx);
  },
});

const drawnRun = fc.record({
  limit: drawnLimit,
  refusals: fc.array(fc.boolean(), { maxLength: 12 }),
  tasks: fc.array(fc.record({ critical: fc.boolean(), seconds: fc.nat(40), needs: fc.array(fc.nat(14), { maxLength: 2 }) }), {
    minLength: 2,
    maxLength: 15,
  }),
});

describe('tasks that compete for one bucket', () => {
  it('go critical first: none that is not critical starts while a critical one could, whatever AWS refuses', async () => {
    await fc.assert(
      fc.asyncProperty(drawnRun, async ({ limit, refusals, tasks }) => {
        const effects = noEffects();
        const journal = memoryJournal();
        const plan = samplePlan(
          tasks.map(({ critical, seconds, needs }, at) => ({
            ...{ id: `t${at}`, critical, expectedSeconds: seconds, iam: ['rds:RestoreDBInstanceFromDBSnapshot'] },
            needs: [...new Set(needs.filter((need) => need < at).map((need) => `t${need}`))],
          })),
        );
        const refused = [...refusals];
        const send = async (): Promise<object> => {
          if (refused.shift()) throw new RecoveryError('transient', 'ThrottlingException', 'rate exceeded');
          return {};
        };
        const { outcome } = await runPlan(
          plan,
          journal,
          sampleWorld(
            effects,
            tasks.map(({ seconds }, at) => restoring(sampleStep(`t${at}`, effects, { seconds }))),
            { aws: { rds: () => ({ send }) } as unknown as Aws, limits: () => limit },
          ),
        );
        expect(outcome).toBe('recovered');
        journal.entries.forEach((entry, index) => {
          if (entry.kind !== 'started' || plan.tasks.find(({ id }) => id === entry.task)?.critical) return;
          const earlier = journal.entries.slice(0, index).filter(({ at }) => milliseconds(at) <= milliseconds(entry.at));
          const has = (kind: string, id: string): boolean => earlier.some((one) => one.kind === kind && 'task' in one && one.task === id);
          const couldStart = plan.tasks.filter(
            ({ id, critical, needs }) => critical && !has('started', id) && needs.every((need) => has('verified', need)),
          );
          expect(couldStart.map(({ id }) => id)).toEqual([]);
        });
        // Those that were refused are asked again in their own time, one a look; first tries keep to the bucket.
        const first = journal.entries.filter(({ kind }) => kind === 'started').map(({ at }) => milliseconds(at));
        expect(mostBeyond(limit, first)).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 150 },
    );
  });
});
