import type * as Ecs from '@aws-sdk/client-ecs';
import type { Context } from '../../world/context.js';
import { freshId } from '../fresh-id.js';
import { ecsArn, ecsRecords, type ServiceRecord, type TaskDefinitionRecord, type TaskRecord } from './records.js';

export interface Launch {
  readonly cluster: { arn: string; name: string };
  readonly definition: TaskDefinitionRecord;
  readonly networkConfiguration: Ecs.NetworkConfiguration | undefined;
  readonly zones: ReadonlyMap<string, string>;
  readonly overrides?: Ecs.TaskOverride | undefined;
  readonly group: string;
  readonly startedBy?: string | undefined;
  readonly service?: ServiceRecord | undefined;
  readonly deploymentId?: string | undefined;
  readonly tags?: readonly Ecs.Tag[] | undefined;
}

/** A task that has its address and has not begun to live. */
export const newTask = (launch: Launch, ctx: Context): TaskRecord => {
  const { cluster, definition, networkConfiguration, overrides = {}, service } = launch;
  const id = freshId(ctx, 'ecs-task', 32);
  const arn = ecsArn(ctx, `task/${cluster.name}/${id}`);
  const address = ctx.dataplane.network.allocateAddress(ctx.region);
  const { subnets = [], securityGroups: groups = [], assignPublicIp } = networkConfiguration?.awsvpcConfiguration ?? {};
  const subnetId = subnets[ctx.state(ecsRecords).tasks.size % Math.max(subnets.length, 1)] ?? '';
  const details = Object.entries({ subnetId, networkInterfaceId: `eni-${freshId(ctx, 'ecs-eni', 17)}`, privateIPv4Address: address });
  const containers = (definition.described.containerDefinitions ?? []).map(({ name, image, cpu }) => ({
    containerArn: ecsArn(ctx, `container/${cluster.name}/${id}/${freshId(ctx, 'ecs-container', 32)}`),
    taskArn: arn,
    name,
    image,
    lastStatus: 'PENDING',
    networkInterfaces: [{ privateIpv4Address: address }],
    cpu: String(cpu ?? 0),
  }));
  const described = {
    taskArn: arn,
    clusterArn: cluster.arn,
    taskDefinitionArn: definition.arn,
    group: launch.group,
    startedBy: launch.startedBy,
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    createdAt: ctx.date(),
    availabilityZone: launch.zones.get(subnetId),
    cpu: definition.described.cpu,
    memory: definition.described.memory,
    launchType: 'FARGATE' as const,
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    overrides,
    containers,
    attachments: [
      {
        id: freshId(ctx, 'ecs-attachment', 32),
        type: 'ElasticNetworkInterface',
        status: 'PRECREATED',
        details: details.map(([name, value]) => ({ name, value })),
      },
    ],
    version: 1,
  };
  return {
    ...{ id, arn, clusterArn: cluster.arn, definition, address, overrides, described },
    ...(service ? { serviceArn: service.arn } : {}),
    ...(launch.deploymentId ? { deploymentId: launch.deploymentId } : {}),
    place: { subnetId, groups, hasPublicAddress: assignPublicIp === 'ENABLED' },
    ...{ graceIsOver: false, graceIsTimed: false, hasBeenHealthy: false },
  };
};
