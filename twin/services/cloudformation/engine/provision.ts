import type { ResourceStatus } from '@aws-sdk/client-cloudformation';
import type { ProvisionedResource, ResourceProperties, ResourceType, Stability } from '../../service.js';
import { backing } from '../catalog.js';
import type { ResourceRecord } from '../records.js';
import { denialBy } from '../stack-policy.js';
import type { RemovalPolicy, ResourceDeclaration } from '../template/template.js';
import { adopt } from './adopt.js';
import { failureReason } from './failure-reason.js';
import {
  attributesChanged,
  changedProperties,
  declaredAttributes,
  finalProperties,
  replacingProperties,
  resourceNames,
  wantedProperties,
  type Job,
} from './job.js';
import { askUntil, type Moment } from './moment.js';
import { recordResource } from './progress.js';
import type { Settle } from './walk.js';

/** Longest that CloudFormation waits for one resource here; types differ on AWS, three hours is an ECS service's. */
const stabilisesWithinSeconds = 3 * 3600;

/** One resource on its way to what the template wants. */
interface Task {
  readonly job: Job;
  readonly logicalId: string;
  readonly declared: ResourceDeclaration;
  readonly type: ResourceType;
  readonly wanted: ResourceProperties;
  readonly settle: Settle;
}

/** The step of a walk that creates, updates, replaces or leaves alone one resource, whichever the template asks for. */
export const provision =
  (job: Job) =>
  async (logicalId: string, moment: Moment, settle: Settle): Promise<void> => {
    const declared = job.deployment.resources.get(logicalId)!;
    const existing = job.stack.resources.get(logicalId);
    const type = backing(job.catalog, declared.Type);
    const unmade = !existing || /^(CREATE|IMPORT)_FAILED$/.test(existing.status);
    const verb = !unmade ? 'UPDATE' : job.adoptions.has(logicalId) ? 'IMPORT' : 'CREATE';
    let wanted: ResourceProperties;
    try {
      wanted = await wantedProperties(job, declared, moment.ctx);
    } catch (error) {
      const record = existing ?? blank(job, logicalId, declared, {}, moment);
      return fail(job, record, verb, failureReason(error, moment.ctx), moment, settle);
    }
    const task: Task = { job, logicalId, declared, type, wanted, settle };
    if (unmade) {
      if (existing?.physicalId !== undefined && !existing.adopted) leaveOver(job, existing, 'Delete');
      if (job.adoptions.has(logicalId)) return takeOver(task, moment);
      return create(task, moment);
    }
    const replacing = replacingProperties(type, existing.wanted, wanted).length > 0;
    const attributes = declaredAttributes(job, logicalId, declared);
    const differs = changedProperties(existing.wanted, wanted).length > 0 || existing.status.endsWith('_FAILED');
    if (!differs && attributesChanged(existing, attributes).length === 0) {
      job.stack.resources.set(logicalId, { ...existing, ...attributes });
      return settle(moment);
    }
    const denial = denialBy(job.policy, replacing ? 'Update:Replace' : 'Update:Modify', { logicalId, type: declared.Type });
    if (denial !== undefined) return fail(job, existing, 'UPDATE', denial, moment, settle);
    if (replacing && job.onFailure === 'DO_NOTHING') {
      return fail(job, existing, 'UPDATE', 'Replacement type updates not supported on stack with disable-rollback.', moment, settle);
    }
    if (replacing) return replace(task, existing, moment);
    return update(task, { ...existing, ...attributes }, differs, moment);
  };

const leaveOver = (job: Job, record: ResourceRecord, policy: RemovalPolicy): void => {
  job.stack.leftovers = [...job.stack.leftovers, { record, policy }];
};

const blank = (job: Job, logicalId: string, declared: ResourceDeclaration, wanted: ResourceProperties, moment: Moment): ResourceRecord => ({
  logicalId,
  type: declared.Type,
  physicalId: undefined,
  status: 'CREATE_IN_PROGRESS',
  statusReason: undefined,
  changedAt: moment.ctx.date(),
  wanted,
  properties: wanted,
  attributes: {},
  adopted: false,
  ...declaredAttributes(job, logicalId, declared),
});

const create = async (task: Task, moment: Moment): Promise<void> => {
  const { job, logicalId, declared, wanted } = task;
  const record = recordResource(job.stack, blank(job, logicalId, declared, wanted, moment), 'CREATE_IN_PROGRESS', moment.ctx);
  await carryOut(task, record, 'CREATE', moment, async (properties) => {
    const made = await task.type.create(properties, moment.ctx, resourceNames(job.stack, logicalId, moment.ctx));
    return { ...record, properties, physicalId: made.physicalId, attributes: made.attributes ?? {} };
  });
};

const takeOver = async (task: Task, moment: Moment): Promise<void> => {
  const { job, logicalId, declared, type, wanted, settle } = task;
  const record = blank(job, logicalId, declared, wanted, moment);
  try {
    adopt(job, type, { ...record, properties: await finalProperties(type.type, wanted, moment.ctx) }, moment, settle);
  } catch (error) {
    fail(job, record, 'IMPORT', failureReason(error, moment.ctx), moment, settle);
  }
};

const replace = async (task: Task, existing: ResourceRecord, moment: Moment): Promise<void> => {
  const { job, logicalId, declared, wanted } = task;
  const why = 'Requested update requires the creation of a new physical resource; hence creating one.';
  const record = recordResource(job.stack, existing, 'UPDATE_IN_PROGRESS', moment.ctx, why);
  await carryOut(task, record, 'UPDATE', moment, async (properties) => {
    const made = await task.type.create(properties, moment.ctx, resourceNames(job.stack, logicalId, moment.ctx));
    // A type that answers with the same id has overwritten the old one: nothing is left over.
    if (made.physicalId !== existing.physicalId) {
      leaveOver(job, existing, declared.UpdateReplacePolicy ?? 'Delete');
    }
    const attributes = declaredAttributes(job, logicalId, declared);
    return { ...record, ...attributes, wanted, properties, physicalId: made.physicalId, attributes: made.attributes ?? {} };
  });
};

const update = async (task: Task, existing: ResourceRecord, differs: boolean, moment: Moment): Promise<void> => {
  const { job, logicalId, wanted, type } = task;
  const record = recordResource(job.stack, existing, 'UPDATE_IN_PROGRESS', moment.ctx);
  await carryOut(task, record, 'UPDATE', moment, async (properties) => {
    if (!differs) return record;
    // Kept before the call: should it fail halfway, the rollback knows what to undo.
    job.stack.resources.set(logicalId, { ...record, wanted, properties });
    const names = resourceNames(job.stack, logicalId, moment.ctx);
    const made = await type.update!(existing.physicalId ?? '', properties, existing.properties, moment.ctx, names);
    return updated({ ...record, wanted, properties }, made);
  });
};

/** A record after an in-place update: attributes not mentioned stay. */
export const updated = (record: ResourceRecord, made: ProvisionedResource): ResourceRecord => ({
  ...record,
  physicalId: made.physicalId,
  attributes: { ...record.attributes, ...made.attributes },
});

const carryOut = async (
  task: Task,
  record: ResourceRecord,
  verb: 'CREATE' | 'UPDATE',
  moment: Moment,
  work: (properties: ResourceProperties) => Promise<ResourceRecord>,
): Promise<void> => {
  const { job, logicalId, type, settle } = task;
  let made: ResourceRecord;
  try {
    made = await work(await finalProperties(type.type, task.wanted, moment.ctx));
  } catch (error) {
    return fail(job, job.stack.resources.get(logicalId) ?? record, verb, failureReason(error, moment.ctx), moment, settle);
  }
  // Kept even when the operation was given up meanwhile: what exists must be found and removed.
  job.stack.resources.set(logicalId, made);
  if (!moment.isLive()) return;
  if (made.physicalId !== record.physicalId) {
    made = recordResource(job.stack, made, `${verb}_IN_PROGRESS`, moment.ctx, 'Resource creation Initiated');
  }
  settleWhenStable(job, type, made, verb, moment, settle);
};

/** Settles with `${verb}_COMPLETE` once the type says that the resource is as it should be. */
export const settleWhenStable = (
  job: Pick<Job, 'stack'>,
  type: ResourceType,
  record: ResourceRecord,
  verb: 'CREATE' | 'UPDATE',
  moment: Moment,
  settle: Settle,
): void => {
  const physicalId = record.physicalId ?? '';
  const ask = async (now: Moment): Promise<Stability> => {
    if (!type.stable) return { stable: true };
    try {
      return await type.stable(physicalId, record.properties, now.ctx);
    } catch (error) {
      return { failed: failureReason(error, now.ctx) };
    }
  };
  askUntil(moment, `${record.logicalId} stabilises`, stabilisesWithinSeconds, ask, (answer, now) => {
    if (answer && 'stable' in answer) {
      const attributes = { ...record.attributes, ...answer.attributes };
      recordResource(job.stack, { ...record, attributes }, `${verb}_COMPLETE` as ResourceStatus, now.ctx);
      return settle(now);
    }
    fail(
      job,
      record,
      verb,
      answer?.failed ?? `Resource of type '${type.type}' with identifier '${physicalId}' did not stabilize.`,
      now,
      settle,
    );
  });
};

const fail = (
  job: Pick<Job, 'stack'>,
  record: ResourceRecord,
  verb: 'CREATE' | 'UPDATE' | 'IMPORT',
  reason: string,
  moment: Moment,
  settle: Settle,
): void => {
  if (!moment.isLive()) return;
  recordResource(job.stack, record, `${verb}_FAILED`, moment.ctx, reason);
  settle(moment, reason);
};
