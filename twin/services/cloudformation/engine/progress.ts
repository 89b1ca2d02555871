import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Context } from '../../../world/context.js';
import { freshUuid } from '../../fresh-id.js';
import type { ResourceRecord, StackRecord } from '../records.js';

interface Happening {
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly status: ResourceStatus;
  readonly reason: string | undefined;
}

/** Appends an event. Events of one stack are at least a millisecond apart, also where many happen in one instant. */
const addEvent = (stack: StackRecord, happening: Happening, ctx: Context): Date => {
  const previous = stack.events.at(-1)?.Timestamp?.getTime() ?? 0;
  const at = new Date(Math.max(ctx.now(), previous + 1));
  const token = stack.operation?.token;
  stack.events.push({
    StackId: stack.id,
    StackName: stack.name,
    EventId:
      happening.physicalId === stack.id
        ? freshUuid(ctx, 'cloudformation.event')
        : `${happening.logicalId}-${happening.status}-${at.toISOString()}`,
    LogicalResourceId: happening.logicalId,
    PhysicalResourceId: happening.physicalId ?? '',
    ResourceType: happening.type,
    Timestamp: at,
    ResourceStatus: happening.status,
    ...(happening.reason === undefined ? {} : { ResourceStatusReason: happening.reason }),
    ...(token === undefined ? {} : { ClientRequestToken: token }),
  });
  return at;
};

/** "A last known stable state includes any status in a *_COMPLETE" (RollbackStack). */
const goodEnds = /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/;

/** Moves the stack to `status`, with the event that says so. */
export const enterStatus = (stack: StackRecord, status: StackStatus, ctx: Context, reason?: string): void => {
  stack.status = status;
  stack.statusReason = reason;
  const at = addEvent(
    stack,
    { logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack', status: status as ResourceStatus, reason },
    ctx,
  );
  if (/^(UPDATE|IMPORT)_(IN_PROGRESS|COMPLETE|FAILED)|ROLLBACK/.test(status)) stack.updatedAt = at;
  if (status === 'DELETE_COMPLETE') stack.deletedAt = at;
  const { deployment, resources, imports } = stack;
  if (goodEnds.test(status) && deployment) stack.baseline = { deployment, resources: new Map(resources), imports };
};

/** Writes the event of a resource without touching the stack's record of it (for copies on their way out). */
export const tellOf = (stack: StackRecord, record: ResourceRecord, status: ResourceStatus, ctx: Context, reason?: string): Date =>
  addEvent(stack, { logicalId: record.logicalId, physicalId: record.physicalId, type: record.type, status, reason }, ctx);

/** Keeps a new record of a resource, with its event. */
export const recordResource = (
  stack: StackRecord,
  record: ResourceRecord,
  status: ResourceStatus,
  ctx: Context,
  reason?: string,
): ResourceRecord => {
  stack.drifts.delete(record.logicalId);
  const changedAt = tellOf(stack, record, status, ctx, reason);
  const kept = { ...record, status, statusReason: reason, changedAt };
  stack.resources.set(record.logicalId, kept);
  return kept;
};
