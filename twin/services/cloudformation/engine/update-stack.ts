import type { Deployment } from '../deployment.js';
import type { ResourceRecord, StackRecord } from '../records.js';
import { denialBy } from '../stack-policy.js';
import { cancel, publishOutputs } from './create-stack.js';
import type { Job, Leftover } from './job.js';
import type { Moment } from './moment.js';
import { endOperation } from './operation.js';
import { enterStatus, recordResource } from './progress.js';
import { provision } from './provision.js';
import { remove } from './remove.js';
import { rollBack } from './roll-back-update.js';
import { walk } from './walk.js';

/** The stack before an update: what a rollback goes back to. */
export interface Before {
  readonly deployment: Deployment;
  readonly resources: ReadonlyMap<string, ResourceRecord>;
  readonly imports: ReadonlySet<string>;
}

/** Brings a stack to a new deployment: creates, updates and replaces, then cleans up; or goes back to what was. */
export const updateStack = (job: Job, before: Before, moment: Moment): void => {
  const { stack } = job;
  enterStatus(stack, 'UPDATE_IN_PROGRESS', moment.ctx, 'User Initiated');
  const denied = deniedRemovals(job, before, moment);
  if (denied.length > 0) return updateFailed(job, before, denied, moment);
  walk(
    {
      dependencies: job.deployment.dependencies,
      step: provision(job),
      onFailure: 'stop',
      finished: async ({ failed, interrupted }, now) => {
        cancel(stack, interrupted, now);
        if (failed.length > 0) return updateFailed(job, before, failed, now);
        const problem = await publishOutputs(job, now);
        if (problem !== undefined) return giveUp(job, before, problem, now);
        enterStatus(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', now.ctx);
        cleanUp(job, [...job.leftovers, ...removed(job)], now, (then) => {
          enterStatus(stack, 'UPDATE_COMPLETE', then.ctx);
          endOperation(stack, then);
        });
      },
    },
    moment,
  );
};

const removed = (job: Job): readonly Leftover[] =>
  [...job.stack.resources.values()]
    .filter(({ logicalId }) => !job.deployment.resources.has(logicalId))
    .map((record) => ({ record, policy: record.deletionPolicy }));

/** A failure to clean up leaves the resource behind and does not change the outcome. */
const cleanUp = (job: Job, leftovers: readonly Leftover[], moment: Moment, finished: (moment: Moment) => void): void =>
  remove({ stack: job.stack, catalog: job.catalog, leftovers, listing: 'drop', finished: (_failed, now) => finished(now) }, moment);

const deniedRemovals = (job: Job, before: Before, moment: Moment): readonly string[] =>
  [...before.resources.values()].flatMap((record) => {
    if (job.deployment.resources.has(record.logicalId)) return [];
    const denial = denialBy(job.stack.policy, 'Update:Delete', record);
    if (denial === undefined) return [];
    recordResource(job.stack, record, 'UPDATE_FAILED', moment.ctx, denial);
    return [record.logicalId];
  });

const updateFailed = (job: Job, before: Before, failed: readonly string[], moment: Moment): void => {
  const named = (wanted: boolean): string => failed.filter((name) => isUnmade(job.stack, name) === wanted).join(', ');
  const sentences = [
    named(true) && `The following resource(s) failed to create: [${named(true)}].`,
    named(false) && `The following resource(s) failed to update: [${named(false)}].`,
  ];
  giveUp(job, before, sentences.filter(Boolean).join(' '), moment);
};

const isUnmade = (stack: StackRecord, name: string): boolean => stack.resources.get(name)?.status === 'CREATE_FAILED';

const giveUp = (job: Job, before: Before, problem: string, moment: Moment): void => {
  const { stack } = job;
  if (job.onFailure === 'DO_NOTHING') {
    enterStatus(stack, 'UPDATE_FAILED', moment.ctx, problem);
    return endOperation(stack, moment);
  }
  enterStatus(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', moment.ctx, problem);
  rollBack(job, before, moment, (undone, now) => {
    enterStatus(stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', now.ctx);
    cleanUp(job, undone, now, (then) => {
      enterStatus(stack, 'UPDATE_ROLLBACK_COMPLETE', then.ctx);
      endOperation(stack, then);
    });
  });
};
