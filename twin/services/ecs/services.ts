import type * as Ecs from '@aws-sdk/client-ecs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId } from '../fresh-id.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { checkTargetGroups } from './load-balancing.js';
import {
  ecsArn,
  ecsRecords,
  findCluster,
  findService,
  findTaskDefinition,
  invalidParameter,
  needCluster,
  needService,
  type DeploymentRecord,
  type ServiceRecord,
  type TaskDefinitionRecord,
} from './records.js';
import { complete, wake } from './scheduler.js';
import { describeService } from './service-description.js';
import { zonesOf } from './subnets.js';
import { setTags } from './tags.js';

const sharedMembers = [
  ...(['cluster', 'taskDefinition', 'loadBalancers', 'desiredCount', 'platformVersion', 'deploymentConfiguration'] as const),
  ...([
    'networkConfiguration',
    'healthCheckGracePeriodSeconds',
    'enableECSManagedTags',
    'propagateTags',
    'capacityProviderStrategy',
  ] as const),
  ...(['availabilityZoneRebalancing', 'deploymentController'] as const),
];

const checkSettings = (input: Ecs.CreateServiceCommandInput | Ecs.UpdateServiceCommandInput): void => {
  const { deploymentConfiguration: rollout, deploymentController: controller, capacityProviderStrategy: strategy } = input;
  if ((controller?.type ?? 'ECS') !== 'ECS') accept('a service', { [`deploymentController ${controller?.type}`]: true }, []);
  for (const { capacityProvider } of strategy ?? []) {
    if (capacityProvider !== 'FARGATE') accept('a service', { [`capacityProvider ${capacityProvider}`]: true }, []);
  }
  if (rollout) {
    accept('deploymentConfiguration', rollout, [
      'deploymentCircuitBreaker',
      'maximumPercent',
      'minimumHealthyPercent',
      'alarms',
      'strategy',
    ]);
    if (rollout.alarms?.enable) accept('deploymentConfiguration', { alarms: true }, []);
    if ((rollout.strategy ?? 'ROLLING') !== 'ROLLING') accept('deploymentConfiguration', { [`strategy ${rollout.strategy}`]: true }, []);
  }
  if ((rollout?.maximumPercent ?? 200) <= (rollout?.minimumHealthyPercent ?? 100) && (rollout?.minimumHealthyPercent ?? 100) >= 100) {
    throw invalidParameter('Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.');
  }
  if ((input.desiredCount ?? 0) < 0) throw invalidParameter('desiredCount must be greater than or equal to 0.');
};

const needDefinition = (name: string | undefined, ctx: Context): TaskDefinitionRecord => {
  const found = findTaskDefinition(ctx, name);
  if (!found) throw invalidParameter('TaskDefinition not found.');
  if (found.described.status !== 'ACTIVE') throw invalidParameter('TaskDefinition is inactive');
  return found;
};

const checkContainers = (definition: TaskDefinitionRecord, loadBalancers: readonly Ecs.LoadBalancer[]): void => {
  for (const { containerName, containerPort } of loadBalancers) {
    const container = definition.described.containerDefinitions?.find(({ name }) => name === containerName);
    if (!container) throw invalidParameter(`The container ${containerName} does not exist in the task definition.`);
    if (container.portMappings?.some((mapping) => mapping.containerPort === containerPort)) continue;
    throw invalidParameter(`The container ${containerName} did not have a container port ${containerPort} defined.`);
  }
};

/** Makes a new primary deployment; the others go on until their tasks have been replaced. */
const addDeployment = (service: ServiceRecord, taskDefinitionArn: string, zones: ReadonlyMap<string, string>, ctx: Context): void => {
  const id = `ecs-svc/${freshId(ctx, 'ecs-deployment', 19, '123456789')}`;
  const deployment: DeploymentRecord = {
    ...{ id, taskDefinitionArn, zones, networkConfiguration: service.asked.networkConfiguration },
    ...{ createdAt: ctx.date(), updatedAt: ctx.date(), status: 'PRIMARY', rolloutState: 'IN_PROGRESS' },
    ...{ rolloutStateReason: `ECS deployment ${id} in progress.`, failedTasks: 0, failuresInARow: 0, isThrottled: false },
  };
  for (const other of service.deployments) other.status = 'ACTIVE';
  service.deployments = [deployment, ...service.deployments];
  service.isSteady = false;
};

const create = async (input: Ecs.CreateServiceCommandInput, ctx: Context): Promise<ServiceRecord> => {
  accept('CreateService', input, ['serviceName', 'clientToken', 'launchType', 'schedulingStrategy', 'tags', ...sharedMembers]);
  checkSettings(input);
  if (input.launchType !== 'FARGATE' && !input.capacityProviderStrategy?.length)
    accept('a service', { [`launchType ${input.launchType ?? 'EC2'}`]: true }, []);
  if ((input.schedulingStrategy ?? 'REPLICA') !== 'REPLICA')
    accept('a service', { [`schedulingStrategy ${input.schedulingStrategy}`]: true }, []);
  const cluster = needCluster(ctx, input.cluster);
  const name = input.serviceName ?? '';
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalidParameter('Service names must be between 1 and 255 characters.');
  const existing = findService(ctx, cluster, name);
  if (existing?.status === 'ACTIVE') throw invalidParameter('Creation of service was not idempotent.');
  if (existing?.status === 'DRAINING') throw invalidParameter('Unable to Start a service that is still Draining.');
  const definition = needDefinition(input.taskDefinition, ctx);
  checkContainers(definition, input.loadBalancers ?? []);
  await checkTargetGroups(input.loadBalancers ?? [], ctx);
  const zones = await zonesOf(input.networkConfiguration, ctx);
  const arn = ecsArn(ctx, `service/${cluster.name}/${name}`);
  const service: ServiceRecord = {
    ...{ arn, name, clusterArn: cluster.arn, createdAt: ctx.date(), asked: { ...input, desiredCount: input.desiredCount ?? 0 } },
    ...{ status: 'ACTIVE', deployments: [], events: [], isSteady: false, isWatched: false },
  };
  ctx.state(ecsRecords).services.set(arn, service);
  setTags(ctx, arn, input.tags);
  addDeployment(service, definition.arn, zones, ctx);
  if (service.asked.desiredCount === 0) complete(service, ctx);
  wake(service, ctx);
  return service;
};

const differs = (one: unknown, other: unknown): boolean => one !== undefined && JSON.stringify(one) !== JSON.stringify(other);

const update = async (input: Ecs.UpdateServiceCommandInput, ctx: Context): Promise<ServiceRecord> => {
  accept('UpdateService', input, ['service', 'forceNewDeployment', ...sharedMembers]);
  checkSettings(input);
  const service = needService(ctx, needCluster(ctx, input.cluster), input.service);
  if (service.status !== 'ACTIVE') throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
  const current = service.deployments[0]!;
  // A service may be scaled on a definition that was deregistered meanwhile; only a new one has to be active.
  const definitionArn = input.taskDefinition === undefined ? current.taskDefinitionArn : needDefinition(input.taskDefinition, ctx).arn;
  const definition = findTaskDefinition(ctx, definitionArn)!;
  const loadBalancers = input.loadBalancers ?? service.asked.loadBalancers ?? [];
  checkContainers(definition, loadBalancers);
  if (input.loadBalancers) await checkTargetGroups(loadBalancers, ctx);
  const network = input.networkConfiguration ?? service.asked.networkConfiguration;
  const zones = input.networkConfiguration ? await zonesOf(network, ctx) : current.zones;
  const isNew =
    input.forceNewDeployment === true ||
    definition.arn !== current.taskDefinitionArn ||
    (['networkConfiguration', 'loadBalancers', 'platformVersion'] as const).some((name) => differs(input[name], service.asked[name]));
  const { service: _service, cluster: _cluster, forceNewDeployment: _force, ...changes } = input;
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  service.asked = { ...service.asked, ...given };
  if (isNew) addDeployment(service, definition.arn, zones, ctx);
  if (service.asked.desiredCount === 0 && service.deployments.length === 1) complete(service, ctx);
  current.updatedAt = ctx.date();
  wake(service, ctx);
  return service;
};

const remove = ({ cluster, service: name, force }: Ecs.DeleteServiceCommandInput, ctx: Context): ServiceRecord => {
  const service = needService(ctx, needCluster(ctx, cluster), name);
  if (service.asked.desiredCount > 0 && !force) {
    throw invalidParameter('The service cannot be stopped while it is scaled above 0.');
  }
  service.asked = { ...service.asked, desiredCount: 0 };
  service.status = 'DRAINING';
  wake(service, ctx);
  return service;
};

export const serviceOperations: Operations<typeof Ecs> = {
  CreateService: async (input, ctx) => ({ service: describeService(await create(input, ctx), ctx) }),
  UpdateService: async (input, ctx) => ({ service: describeService(await update(input, ctx), ctx) }),
  DeleteService: (input, ctx) => ({ service: describeService(remove(input, ctx), ctx) }),
  DescribeServices: ({ cluster: clusterName, services, include }, ctx) => {
    const cluster = findCluster(ctx, clusterName);
    if (!cluster) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
    const asked = (services ?? []).map((name) => ({ name, service: findService(ctx, cluster, name) }));
    return {
      services: asked.flatMap(({ service }) => (service ? [describeService(service, ctx, include)] : [])),
      failures: asked
        .filter(({ service }) => !service)
        .map(({ name }) => ({ arn: name.startsWith('arn:') ? name : ecsArn(ctx, `service/${cluster.name}/${name}`), reason: 'MISSING' })),
    };
  },
  ListServices: ({ cluster: clusterName, maxResults, nextToken, launchType = 'FARGATE' }, ctx) => {
    const cluster = needCluster(ctx, clusterName);
    const mine = [...ctx.state(ecsRecords).services.values()].filter(
      (one) => one.clusterArn === cluster.arn && one.status !== 'INACTIVE' && launchType === 'FARGATE',
    );
    const arns = mine.map(({ arn }) => arn);
    const found = page(arns, { token: nextToken, most: maxResults ?? 10 }, () => invalidParameter('Invalid token'));
    return { serviceArns: found.items, nextToken: found.next };
  },
};
