import { backing } from '../catalog.js';
import type { Baseline, Leftover, ResourceRecord } from '../records.js';
import { failureReason } from './failure-reason.js';
import { resourceNames, type Job } from './job.js';
import type { Moment } from './moment.js';
import { endOperation } from './operation.js';
import { enterStatus, recordResource } from './progress.js';
import { settleWhenStable, updated } from './provision.js';
import { removeLeftovers } from './remove-leftovers.js';
import { undoingCreation } from './roll-back-creation.js';
import { walk, type Settle } from './walk.js';

/**
 * Puts every resource that updates have touched back to what it was, in the old template's order, and removes what they made.
 * The old physical resources of replacements are still there, since cleaning up comes last.
 */
export const rollBackUpdate = (job: Job, reason: string | undefined, moment: Moment): void => {
  const { stack } = job;
  const before = baselineOf(job);
  enterStatus(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', moment.ctx, reason);
  stack.leftovers = madeSince(job, before);
  stack.deployment = before.deployment;
  goBack(job, before, [...before.resources.keys()], moment);
};

/**
 * Tries a failed rollback again. What is in `skipped` counts as rolled back, though it is not: "the state of the skipped resources
 * will be inconsistent with the state of the resources in the stack template" (ContinueUpdateRollback).
 */
export const continueRollback = (job: Job, skipped: readonly string[], moment: Moment): void => {
  const { stack } = job;
  const before = baselineOf(job);
  enterStatus(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', moment.ctx, 'User Initiated');
  for (const name of skipped) recordResource(stack, before.resources.get(name)!, 'UPDATE_COMPLETE', moment.ctx);
  const isBack = (name: string): boolean => {
    const { properties, status } = stack.resources.get(name)!;
    return properties === before.resources.get(name)!.properties && status.endsWith('_COMPLETE');
  };
  const waiting = [...before.resources.keys()].filter((name) => !isBack(name));
  goBack(job, before, waiting, moment);
};

const baselineOf = ({ stack }: Job): Baseline => {
  if (!stack.baseline) throw new Error(`stack ${stack.name} has nothing to go back to`);
  return stack.baseline;
};

const goBack = (job: Job, before: Baseline, names: readonly string[], moment: Moment): void => {
  const { stack } = job;
  const wanted = new Set(names);
  const present = (dependsOn: ReadonlySet<string>): ReadonlySet<string> => new Set([...dependsOn].filter((name) => wanted.has(name)));
  walk(
    {
      dependencies: new Map(names.map((name) => [name, present(before.resources.get(name)!.dependsOn)])),
      step: (name, now, settle) => restore(job, before.resources.get(name)!, now, settle),
      onFailure: 'go-on',
      finished: ({ failed }, now) => {
        if (failed.length > 0) {
          enterStatus(stack, 'UPDATE_ROLLBACK_FAILED', now.ctx, `The following resource(s) failed to update: [${failed.join(', ')}].`);
          return endOperation(stack, now);
        }
        stack.imports = before.imports;
        enterStatus(stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', now.ctx);
        removeLeftovers(stack, job.catalog, now, (then) => {
          enterStatus(stack, 'UPDATE_ROLLBACK_COMPLETE', then.ctx);
          endOperation(stack, then);
        });
      },
    },
    moment,
  );
};

const madeSince = (job: Job, before: Baseline): readonly Leftover[] => {
  const { stack } = job;
  const isBefore = (record: ResourceRecord): boolean => before.resources.get(record.logicalId)?.physicalId === record.physicalId;
  const replacedAgain = stack.leftovers.filter(({ record }) => !isBefore(record));
  const made = [...stack.resources.values()].filter((record) => !before.resources.has(record.logicalId) || !isBefore(record));
  return [...replacedAgain, ...made.map((record) => undoingCreation(job, record))];
};

const restore = async (job: Job, previous: ResourceRecord, moment: Moment, settle: Settle): Promise<void> => {
  const { stack, catalog } = job;
  const current = stack.resources.get(previous.logicalId);
  const touched = current?.status !== previous.status || current.properties !== previous.properties;
  if (!current || !touched) {
    stack.resources.set(previous.logicalId, previous);
    return settle(moment);
  }
  const type = backing(catalog, previous.type);
  const sameResource = current.physicalId === previous.physicalId;
  let record = recordResource(stack, { ...previous, physicalId: current.physicalId }, 'UPDATE_IN_PROGRESS', moment.ctx);
  if (!sameResource || current.properties === previous.properties) {
    recordResource(stack, previous, 'UPDATE_COMPLETE', moment.ctx);
    return settle(moment);
  }
  try {
    const names = resourceNames(stack, previous.logicalId, moment.ctx);
    const { ctx } = moment;
    const made = type.update
      ? await type.update(current.physicalId ?? '', previous.properties, current.properties, ctx, names)
      : await type.create(previous.properties, ctx, names);
    record = updated(record, made);
  } catch (error) {
    const reason = failureReason(error, moment.ctx);
    recordResource(stack, { ...record, wanted: current.wanted, properties: current.properties }, 'UPDATE_FAILED', moment.ctx, reason);
    return settle(moment, reason);
  }
  settleWhenStable(job, type, record, 'UPDATE', moment, settle);
};
