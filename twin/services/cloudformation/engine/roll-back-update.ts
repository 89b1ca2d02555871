import { backing } from '../catalog.js';
import type { ResourceRecord } from '../records.js';
import { undoingCreation } from './create-stack.js';
import { failureReason } from './failure-reason.js';
import { resourceNames, type Job, type Leftover } from './job.js';
import type { Moment } from './moment.js';
import { endOperation } from './operation.js';
import { enterStatus, recordResource } from './progress.js';
import { settleWhenStable, updated } from './provision.js';
import type { Before } from './update-stack.js';
import { walk, type Settle } from './walk.js';

/**
 * Puts every resource that an update touched back to what it was; hands over what the update made, to be removed.
 * The old physical resources of replacements are still there, since cleaning up comes last.
 */
export const rollBack = (
  job: Job,
  before: Before,
  moment: Moment,
  finished: (undone: readonly Leftover[], moment: Moment) => void,
): void => {
  const { stack } = job;
  const after = new Map(stack.resources);
  stack.deployment = before.deployment;
  walk(
    {
      dependencies: new Map([...before.resources].map(([name, { dependsOn }]) => [name, present(dependsOn, before)])),
      step: (name, now, settle) => restore(job, before.resources.get(name)!, now, settle),
      onFailure: 'go-on',
      finished: ({ failed }, now) => {
        if (failed.length > 0) {
          enterStatus(stack, 'UPDATE_ROLLBACK_FAILED', now.ctx, `The following resource(s) failed to update: [${failed.join(', ')}].`);
          return endOperation(stack, now);
        }
        stack.imports = before.imports;
        finished(madeByUpdate(job, before, after), now);
      },
    },
    moment,
  );
};

const present = (names: ReadonlySet<string>, before: Before): ReadonlySet<string> =>
  new Set([...names].filter((name) => before.resources.has(name)));

const madeByUpdate = (job: Job, before: Before, after: ReadonlyMap<string, ResourceRecord>): readonly Leftover[] => {
  const replacedAgain = job.leftovers.filter(({ record }) => before.resources.get(record.logicalId)?.physicalId !== record.physicalId);
  const made = [...after.values()].filter((record) => {
    const previous = before.resources.get(record.logicalId);
    return !previous || previous.physicalId !== record.physicalId;
  });
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
