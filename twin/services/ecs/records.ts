import type * as Ecs from '@aws-sdk/client-ecs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';

export interface TaskDefinitionRecord {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly described: Ecs.TaskDefinition;
}

export interface ClusterRecord {
  readonly arn: string;
  readonly name: string;
  readonly described: Ecs.Cluster;
}

export interface TaskRecord {
  readonly id: string;
  readonly arn: string;
  readonly clusterArn: string;
  readonly definition: TaskDefinitionRecord;
  readonly address: string;
  /** Where its network interface is. */
  readonly place: { readonly subnetId: string; readonly groups: readonly string[]; readonly hasPublicAddress: boolean };
  readonly overrides: Ecs.TaskOverride;
  /** Of a service's task: whose it is. */
  readonly serviceArn?: string;
  readonly deploymentId?: string;
  readonly described: Ecs.Task & { containers: Ecs.Container[] };
  /** World time at which it was first seen RUNNING. */
  runningSince?: number;
  /** Its load balancers' health checks count against it only after the grace period. */
  graceIsOver: boolean;
  graceIsTimed: boolean;
  hasBeenHealthy: boolean;
}

export interface DeploymentRecord {
  readonly id: string;
  readonly taskDefinitionArn: string;
  readonly networkConfiguration: Ecs.NetworkConfiguration | undefined;
  /** Availability zones by subnet. */
  readonly zones: ReadonlyMap<string, string>;
  readonly createdAt: Date;
  updatedAt: Date;
  status: 'PRIMARY' | 'ACTIVE';
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
  failedTasks: number;
  /** Failures since a task last became healthy: each makes the scheduler wait longer before it tries again. */
  failuresInARow: number;
  isThrottled: boolean;
}

export interface ServiceRecord {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly createdAt: Date;
  /** What it was asked to be; `desiredCount` and the like change with UpdateService. */
  asked: Ecs.CreateServiceCommandInput & { desiredCount: number };
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  /** The primary first. */
  deployments: DeploymentRecord[];
  /** Newest first, at most 100. */
  events: Ecs.ServiceEvent[];
  isSteady: boolean;
  isWatched: boolean;
  /** Deployment whose rollout is being followed. */
  followed?: string;
  /** Tasks could not be placed, and it is going to be tried again. */
  waitsForRoom?: boolean;
}

export const ecsRecords = regional('ecs', () => ({
  clusters: new Map<string, ClusterRecord>(),
  taskDefinitions: new Map<string, TaskDefinitionRecord>(),
  services: new Map<string, ServiceRecord>(),
  tasks: new Map<string, TaskRecord>(),
  /** By resource ARN. */
  tags: new Map<string, Map<string, string>>(),
}));

export const ecsArn = (ctx: Context, resource: string): string => `arn:aws:ecs:${ctx.region}:${ctx.account}:${resource}`;

export const clusterArn = (ctx: Context, nameOrArn: string | undefined): string =>
  nameOrArn?.startsWith('arn:') ? nameOrArn : ecsArn(ctx, `cluster/${nameOrArn ?? 'default'}`);

export const findCluster = (ctx: Context, nameOrArn: string | undefined): ClusterRecord | undefined =>
  ctx.state(ecsRecords).clusters.get(clusterArn(ctx, nameOrArn));

/** @throws AwsError ClusterNotFoundException, also for a deleted one. */
export const needCluster = (ctx: Context, nameOrArn: string | undefined): ClusterRecord => {
  const found = findCluster(ctx, nameOrArn);
  if (found?.described.status !== 'ACTIVE') throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  return found;
};

export const findService = (ctx: Context, cluster: ClusterRecord, nameOrArn: string | undefined): ServiceRecord | undefined =>
  ctx.state(ecsRecords).services.get(nameOrArn?.startsWith('arn:') ? nameOrArn : ecsArn(ctx, `service/${cluster.name}/${nameOrArn}`));

/** @throws AwsError ServiceNotFoundException. */
export const needService = (ctx: Context, cluster: ClusterRecord, nameOrArn: string | undefined): ServiceRecord => {
  const found = findService(ctx, cluster, nameOrArn);
  if (!found || found.status === 'INACTIVE') throw new AwsError('ServiceNotFoundException', 'Service not found.');
  return found;
};

/** By ARN, `family:revision`, or `family` for its newest active revision. */
export const findTaskDefinition = (ctx: Context, name: string | undefined): TaskDefinitionRecord | undefined => {
  const { taskDefinitions } = ctx.state(ecsRecords);
  const exact = taskDefinitions.get(name?.startsWith('arn:') ? name : ecsArn(ctx, `task-definition/${name}`));
  if (exact) return exact;
  const family = [...taskDefinitions.values()].filter((one) => one.family === name && one.described.status === 'ACTIVE');
  return family.at(-1);
};

export const tasksOf = (ctx: Context, service: ServiceRecord): TaskRecord[] =>
  [...ctx.state(ecsRecords).tasks.values()].filter((task) => task.serviceArn === service.arn && task.described.lastStatus !== 'STOPPED');

export const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterException', message);
export const clientException = (message: string): AwsError => new AwsError('ClientException', message);
