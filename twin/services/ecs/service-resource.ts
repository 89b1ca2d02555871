import type * as Ecs from '@aws-sdk/client-ecs';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import type { ProvisionedResource, ResourceProperties, ResourceType, Stability } from '../service.js';
import { readProperties } from '../template-properties.js';
import { as, ecs, goneIs, syncTags } from './template-calls.js';

const settingsOf = (properties: ResourceProperties) => {
  const read = readProperties('AWS::ECS::Service', properties, [
    ...['Cluster', 'ServiceName', 'TaskDefinition', 'DesiredCount', 'LaunchType', 'LoadBalancers', 'NetworkConfiguration', 'Tags'],
    ...['DeploymentConfiguration', 'DeploymentController', 'HealthCheckGracePeriodSeconds', 'EnableECSManagedTags', 'PropagateTags'],
    ...['PlatformVersion', 'SchedulingStrategy', 'CapacityProviderStrategy', 'AvailabilityZoneRebalancing'],
  ]);
  const shared = {
    cluster: read.text('Cluster'),
    taskDefinition: read.text('TaskDefinition'),
    desiredCount: read.number('DesiredCount'),
    loadBalancers: as<Ecs.LoadBalancer[]>(properties, 'LoadBalancers'),
    networkConfiguration: as<Ecs.NetworkConfiguration>(properties, 'NetworkConfiguration'),
    deploymentConfiguration: as<Ecs.DeploymentConfiguration>(properties, 'DeploymentConfiguration'),
    deploymentController: as<Ecs.DeploymentController>(properties, 'DeploymentController'),
    healthCheckGracePeriodSeconds: read.number('HealthCheckGracePeriodSeconds'),
    enableECSManagedTags: read.flag('EnableECSManagedTags'),
    propagateTags: read.text('PropagateTags'),
    platformVersion: read.text('PlatformVersion'),
    capacityProviderStrategy: as(properties, 'CapacityProviderStrategy'),
    availabilityZoneRebalancing: read.text('AvailabilityZoneRebalancing'),
  };
  return { read, shared };
};

const find = async (arn: string, properties: ResourceProperties, ctx: Context): Promise<Ecs.Service | undefined> => {
  const input = { cluster: properties.Cluster, services: [arn] };
  return (await ecs<Ecs.DescribeServicesResponse>(ctx, 'DescribeServices', input)).services?.[0];
};

const provisioned = (made: Ecs.Service | undefined): ProvisionedResource => ({
  physicalId: made!.serviceArn!,
  attributes: { Name: made!.serviceName, ServiceArn: made!.serviceArn },
});

/** Deployments that had failed before a stack last changed the service: they say nothing of that change. */
const failedBefore = regional('ecs.failed-before-stack-update', () => new Map<string, ReadonlySet<string>>());
const failedOf = (found: Ecs.Service | undefined): string[] =>
  (found?.deployments ?? []).filter(({ rolloutState }) => rolloutState === 'FAILED').map(({ id }) => id!);

/** CloudFormation waits for the primary deployment to be complete and all there; a deployment that gave up fails the resource. */
const stabilityOf = (found: Ecs.Service | undefined, wantedDefinition: string, old: ReadonlySet<string> | undefined): Stability => {
  const [primary, ...others] = found?.deployments ?? [];
  const gaveUp = failedOf(found).some((id) => !old?.has(id));
  if (!found || !primary || gaveUp || primary.taskDefinition !== wantedDefinition) {
    return { failed: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'." };
  }
  const isThere = others.length === 0 && primary.rolloutState === 'COMPLETED' && (found.runningCount ?? 0) >= (found.desiredCount ?? 0);
  return isThere ? { stable: true } : undefined;
};

export const service: ResourceType = {
  type: 'AWS::ECS::Service',
  replacedOn: ['Cluster', 'ServiceName', 'LaunchType', 'SchedulingStrategy', 'DeploymentController'],
  create: async (properties, ctx, names) => {
    const { read, shared } = settingsOf(properties);
    const { service: made } = await ecs<Ecs.CreateServiceResponse>(ctx, 'CreateService', {
      ...shared,
      serviceName: read.text('ServiceName') ?? names.generated(255),
      desiredCount: shared.desiredCount ?? 1,
      launchType: read.text('LaunchType'),
      schedulingStrategy: read.text('SchedulingStrategy'),
      tags: as(properties, 'Tags'),
    });
    return provisioned(made);
  },
  stable: async (arn, properties, ctx) =>
    stabilityOf(await find(arn, properties, ctx), String(properties.TaskDefinition), ctx.state(failedBefore).get(arn)),
  update: async (arn, properties, previous, ctx) => {
    ctx.state(failedBefore).set(arn, new Set(failedOf(await find(arn, properties, ctx))));
    const { service: made } = await ecs<Ecs.UpdateServiceResponse>(ctx, 'UpdateService', {
      ...settingsOf(properties).shared,
      service: arn,
    });
    await syncTags(arn, properties, previous, ctx);
    return provisioned(made);
  },
  delete: async (arn, properties, ctx) => {
    const input = { cluster: properties.Cluster, service: arn, force: true };
    await ecs(ctx, 'DeleteService', input).catch(goneIs('ServiceNotFoundException', 'ClusterNotFoundException'));
  },
  gone: async (arn, ctx) => {
    const cluster = arn.split('/').at(-2);
    const { services } = await ecs<Ecs.DescribeServicesResponse>(ctx, 'DescribeServices', { cluster, services: [arn] });
    return services?.[0] === undefined || services[0].status === 'INACTIVE';
  },
};
