import { backing, type Catalog } from '../catalog.js';
import { freshId } from '../../fresh-id.js';
import type { ResourceStatus } from '@aws-sdk/client-cloudformation';
import type { Leftover, ResourceRecord, StackRecord } from '../records.js';
import { reversed } from '../template/dependency-order.js';
import { deleteWithSnapshot } from './final-snapshot.js';
import { failureReason, isAlreadyGone } from './failure-reason.js';
import { askUntil, type Moment } from './moment.js';
import { recordResource, tellOf } from './progress.js';
import { walk, type Settle } from './walk.js';

const goneWithinSeconds = 3 * 3600;

export interface Removal {
  readonly stack: StackRecord;
  readonly catalog: Catalog;
  readonly leftovers: readonly Leftover[];
  /** `keep`: removed resources stay listed as DELETE_COMPLETE (the stack itself goes); `drop`: they leave the stack. */
  readonly listing: 'keep' | 'drop';
  readonly finished: (failed: readonly ResourceRecord[], moment: Moment) => void;
}

/** Removes resources, dependents first, honouring each one's policy; goes on past failures as far as possible. */
export const remove = (removal: Removal, moment: Moment): void => {
  const byKey = new Map(removal.leftovers.map((leftover, index) => [`${leftover.record.logicalId}#${index}`, leftover]));
  const keysOf = (logicalId: string): readonly string[] =>
    [...byKey].filter(([, leftover]) => leftover.record.logicalId === logicalId).map(([key]) => key);
  const dependencies = new Map(
    [...byKey].map(([key, { record }]) => [key, new Set([...record.dependsOn].flatMap((logicalId) => keysOf(logicalId)))]),
  );
  walk(
    {
      dependencies: reversed(dependencies),
      step: (key, now, settle) => removeOne(removal, byKey.get(key)!, now, settle),
      onFailure: 'go-on',
      finished: ({ failed }, now) =>
        removal.finished(
          failed.map((key) => byKey.get(key)!.record),
          now,
        ),
    },
    moment,
  );
};

const removeOne = async (removal: Removal, leftover: Leftover, moment: Moment, settle: Settle): Promise<void> => {
  const { stack, catalog } = removal;
  const { record, policy } = leftover;
  const note = (status: ResourceStatus, now: Moment, reason?: string): void => noteRemoval(removal, record, status, now, reason);
  if (policy === 'Retain' || policy === 'RetainExceptOnCreate') {
    note('DELETE_SKIPPED', moment);
    return settle(moment);
  }
  const { physicalId, type } = record;
  if (physicalId === undefined) {
    note('DELETE_COMPLETE', moment);
    return settle(moment);
  }
  note('DELETE_IN_PROGRESS', moment);
  const fail = (reason: string, now: Moment): void => {
    note('DELETE_FAILED', now, reason);
    settle(now, reason);
  };
  try {
    if (policy === 'Snapshot') await deleteWithSnapshot(type, physicalId, snapshotName(stack, record, moment), moment.ctx);
    else await backing(catalog, type).delete(physicalId, record.properties, moment.ctx);
  } catch (error) {
    if (!isAlreadyGone(error)) return fail(failureReason(error, moment.ctx), moment);
  }
  const isGone = async (now: Moment): Promise<true | string | undefined> => {
    try {
      return ((await backing(catalog, type).gone?.(physicalId, now.ctx)) ?? true) || undefined;
    } catch (error) {
      return isAlreadyGone(error) || failureReason(error, now.ctx);
    }
  };
  askUntil(moment, `${record.logicalId} goes`, goneWithinSeconds, isGone, (answer, now) => {
    if (answer !== true) return fail(answer ?? `Resource of type '${type}' with identifier '${physicalId}' did not stabilize.`, now);
    note('DELETE_COMPLETE', now);
    settle(now);
  });
};

/** `stack-snapshot-resource-suffix`, as CloudFormation names final snapshots. */
const snapshotName = (stack: StackRecord, record: ResourceRecord, moment: Moment): string =>
  `${stack.name}-snapshot-${record.logicalId}-${freshId(moment.ctx, `cloudformation.snapshot/${stack.name}`, 12)}`.toLowerCase();

const noteRemoval = (removal: Removal, record: ResourceRecord, status: ResourceStatus, moment: Moment, reason?: string): void => {
  const { stack, listing } = removal;
  const isCurrent = stack.resources.get(record.logicalId)?.physicalId === record.physicalId;
  if (!isCurrent) tellOf(stack, record, status, moment.ctx, reason);
  else {
    recordResource(stack, record, status, moment.ctx, reason);
    if (listing === 'drop' && status !== 'DELETE_IN_PROGRESS') stack.resources.delete(record.logicalId);
  }
};
