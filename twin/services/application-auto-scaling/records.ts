import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';

/** What identifies a scalable target: an ECS service, and that its desired count is what scales. */
export interface TargetName {
  readonly resourceId: string;
  readonly cluster: string;
  readonly service: string;
}
export interface TargetRecord extends TargetName {
  readonly arn: string;
  readonly createdAt: Date;
  minimum: number;
  maximum: number;
  suspended: Scaling.SuspendedState;
}
export interface PolicyRecord {
  readonly arn: string;
  readonly name: string;
  readonly target: TargetRecord;
  readonly createdAt: Date;
  type: 'StepScaling' | 'TargetTrackingScaling';
  step: Scaling.StepScalingPolicyConfiguration | undefined;
  tracking: Scaling.TargetTrackingScalingPolicyConfiguration | undefined;
  alarms: Scaling.Alarm[];
  /** The last activity that this policy started, which its cooldown counts from. */
  last: { at: number; change: number } | undefined;
}

export const scalingRecords = regional('application-auto-scaling', () => ({
  /** By resource id. */
  targets: new Map<string, TargetRecord>(),
  /** By ARN. */
  policies: new Map<string, PolicyRecord>(),
  /** Oldest first. */
  activities: [] as Scaling.ScalingActivity[],
}));

export const namespace = 'ecs' as const;
export const dimension = 'ecs:service:DesiredCount' as const;
export const validation = (message: string): AwsError => new AwsError('ValidationException', message, { status: 400 });

const described = (resourceId: string): string =>
  `service namespace: ${namespace}, resource ID: ${resourceId}, scalable dimension: ${dimension}`;

/** @throws AwsError ObjectNotFoundException */
export const targetNamed = (ctx: Context, { resourceId }: TargetName): TargetRecord => {
  const found = ctx.state(scalingRecords).targets.get(resourceId);
  if (found) return found;
  throw new AwsError('ObjectNotFoundException', `No scalable target registered for ${described(resourceId)}`, { status: 400 });
};

/** @throws AwsError ObjectNotFoundException */
export const policyNamed = (ctx: Context, { resourceId }: TargetName, name: string | undefined): PolicyRecord => {
  const found = [...ctx.state(scalingRecords).policies.values()].find(
    (policy) => policy.target.resourceId === resourceId && policy.name === name,
  );
  if (found) return found;
  throw new AwsError('ObjectNotFoundException', `No scaling policy found for ${described(resourceId)}: ${name}`, { status: 400 });
};

interface Named {
  readonly ServiceNamespace?: string | undefined;
  readonly ScalableDimension?: string | undefined;
  readonly ResourceId?: string | undefined;
}

/** @throws AwsError NotModelled for whatever scales but ECS services; ValidationException for a name that is none. */
export const checkNamespace = ({ ServiceNamespace, ScalableDimension }: Named): void => {
  const wrong =
    ServiceNamespace !== namespace ? ServiceNamespace : (ScalableDimension ?? dimension) !== dimension ? ScalableDimension : undefined;
  if (wrong === undefined) return;
  throw new AwsError('NotModelled', `NotModelled: application-auto-scaling of ${wrong}: the twin scales ${dimension} only`, {
    status: 501,
  });
};

export const targetName = (input: Named): TargetName => {
  checkNamespace(input);
  const [, cluster, service] = /^service\/([\w-]+)\/([\w-]+)$/.exec(input.ResourceId ?? '') ?? [];
  if (cluster === undefined || service === undefined)
    throw validation(`Unsupported service namespace, resource type or scalable dimension: ${input.ResourceId}`);
  return { resourceId: input.ResourceId!, cluster, service };
};
