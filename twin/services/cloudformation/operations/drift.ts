import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import type { StackDriftStatus, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { Context } from '../../../world/context.js';
import { regional } from '../../../world/state.js';
import { freshUuid } from '../../fresh-id.js';
import { accept } from '../../members.js';
import { page } from '../../page.js';
import type { Operations } from '../../service.js';
import type { Catalog } from '../catalog.js';
import { driftOf, type ResourceDrift } from '../drift.js';
import { completeForLook } from '../engine/operation.js';
import { notModelled, validationError } from '../errors.js';
import { theStack, type StackRecord } from '../records.js';

interface Detection {
  readonly stackId: string;
  readonly status: StackDriftStatus;
  readonly drifted: number;
  readonly at: Date;
}

/** Every detection of the region, by its id. */
const detections = regional('cloudformation.drift-detections', () => new Map<string, Detection>());

const detectable = /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$|^(UPDATE_ROLLBACK|UPDATE)_FAILED$/;

const detect = async (stack: StackRecord, wanted: readonly string[], catalog: Catalog, ctx: Context): Promise<Detection> => {
  const records = [...stack.resources.values()].filter(({ logicalId }) => wanted.length === 0 || wanted.includes(logicalId));
  for (const record of records) {
    const drift = await driftOf(record, catalog, ctx);
    if (drift) stack.drifts.set(record.logicalId, drift);
    else stack.drifts.delete(record.logicalId);
  }
  const found = records.flatMap(({ logicalId }) => stack.drifts.get(logicalId) ?? []);
  const drifted = found.filter(({ status }) => status !== 'IN_SYNC').length;
  const status = drifted > 0 ? 'DRIFTED' : found.length > 0 ? 'IN_SYNC' : 'NOT_CHECKED';
  stack.driftStatus = { status, at: ctx.date() };
  return { stackId: stack.id, status, drifted, at: ctx.date() };
};

/** Whether what the stack says is what the services say. */
export const drift = (catalog: Catalog) =>
  ({
    DetectStackDrift: async (input, ctx) => {
      accept('cloudformation.DetectStackDrift', input, ['StackName', 'LogicalResourceIds']);
      const stack = await standing(input.StackName, ctx);
      const id = freshUuid(ctx, 'cloudformation.drift-detection');
      ctx.state(detections).set(id, await detect(stack, input.LogicalResourceIds ?? [], catalog, ctx));
      return { StackDriftDetectionId: id };
    },

    DescribeStackDriftDetectionStatus: (input, ctx) => {
      accept('cloudformation.DescribeStackDriftDetectionStatus', input, ['StackDriftDetectionId']);
      const id = input.StackDriftDetectionId;
      const found = ctx.state(detections).get(id ?? '');
      if (!found) throw validationError(`Drift detection operation with id ${id} does not exist`);
      return {
        StackId: found.stackId,
        StackDriftDetectionId: id,
        StackDriftStatus: found.status,
        DetectionStatus: 'DETECTION_COMPLETE',
        DriftedStackResourceCount: found.drifted,
        Timestamp: found.at,
      };
    },

    DetectStackResourceDrift: async (input, ctx) => {
      accept('cloudformation.DetectStackResourceDrift', input, ['StackName', 'LogicalResourceId']);
      const stack = await standing(input.StackName, ctx);
      const record = stack.resources.get(input.LogicalResourceId ?? '');
      if (!record) throw validationError(`Resource ${input.LogicalResourceId} does not exist for stack ${stack.name}`);
      const found = await driftOf(record, catalog, ctx);
      if (!found) throw notModelled(`drift detection of ${record.type}`);
      stack.drifts.set(record.logicalId, found);
      return { StackResourceDrift: shown(stack, found) };
    },

    DescribeStackResourceDrifts: (input, ctx) => {
      accept('cloudformation.DescribeStackResourceDrifts', input, [
        'StackName',
        'StackResourceDriftStatusFilters',
        'NextToken',
        'MaxResults',
      ]);
      const stack = theStack(input.StackName, ctx);
      const wanted = input.StackResourceDriftStatusFilters ?? [];
      const found = [...stack.drifts.values()].filter(({ status }) => wanted.length === 0 || wanted.includes(status));
      const { items, next } = page(found, { token: input.NextToken, most: input.MaxResults ?? 100 }, () =>
        validationError('NextToken is not valid'),
      );
      return { StackResourceDrifts: items.map((one) => shown(stack, one)), NextToken: next };
    },
  }) satisfies Operations<typeof CloudFormation>;

/** @throws AwsError ValidationError in a state in which AWS does not compare. */
const standing = async (name: string | undefined, ctx: Context): Promise<StackRecord> => {
  const stack = theStack(name, ctx);
  await completeForLook(stack, ctx);
  if (detectable.test(stack.status)) return stack;
  throw validationError(`Drift detection cannot be performed on stack [${stack.id}] while it is in the [${stack.status}] state`);
};

const shown = (stack: StackRecord, found: ResourceDrift): StackResourceDrift => ({
  StackId: stack.id,
  LogicalResourceId: found.logicalId,
  PhysicalResourceId: found.physicalId,
  ResourceType: found.type,
  ExpectedProperties: JSON.stringify(found.expected),
  ...(found.actual === undefined ? {} : { ActualProperties: JSON.stringify(found.actual) }),
  PropertyDifferences: [...found.differences],
  StackResourceDriftStatus: found.status,
  Timestamp: found.checkedAt,
});
