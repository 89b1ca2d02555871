import type * as Ecs from '@aws-sdk/client-ecs';
import type { Context } from '../../world/context.js';
import { tasksOf, type DeploymentRecord, type ServiceRecord, type TaskRecord } from './records.js';
import { tagsOf } from './tags.js';

const running = (tasks: readonly TaskRecord[]): number => tasks.filter(({ described }) => described.lastStatus === 'RUNNING').length;
const pending = (tasks: readonly TaskRecord[]): number =>
  tasks.filter(({ described }) => described.desiredStatus === 'RUNNING' && described.lastStatus !== 'RUNNING').length;

const describeDeployment = (service: ServiceRecord, deployment: DeploymentRecord, tasks: readonly TaskRecord[]): Ecs.Deployment => {
  const mine = tasks.filter(({ deploymentId }) => deploymentId === deployment.id);
  return {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.taskDefinitionArn,
    desiredCount: deployment.status === 'PRIMARY' ? service.asked.desiredCount : 0,
    runningCount: running(mine),
    pendingCount: pending(mine),
    failedTasks: deployment.failedTasks,
    createdAt: deployment.createdAt,
    updatedAt: deployment.updatedAt,
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    networkConfiguration: deployment.networkConfiguration,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  };
};

/** The service as DescribeServices shows it now. */
export const describeService = (service: ServiceRecord, ctx: Context, include: readonly string[] = []): Ecs.Service => {
  const tasks = tasksOf(ctx, service);
  const { asked } = service;
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.clusterArn,
    loadBalancers: asked.loadBalancers ?? [],
    serviceRegistries: [],
    status: service.status,
    desiredCount: asked.desiredCount,
    runningCount: running(tasks),
    pendingCount: pending(tasks),
    launchType: 'FARGATE',
    platformVersion: asked.platformVersion ?? 'LATEST',
    platformFamily: 'Linux',
    taskDefinition: service.deployments[0]?.taskDefinitionArn ?? asked.taskDefinition,
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100, ...asked.deploymentConfiguration },
    deployments: service.deployments.map((deployment) => describeDeployment(service, deployment, tasks)),
    events: [...service.events],
    createdAt: service.createdAt,
    placementConstraints: [],
    placementStrategy: [],
    networkConfiguration: asked.networkConfiguration,
    healthCheckGracePeriodSeconds: asked.loadBalancers?.length ? (asked.healthCheckGracePeriodSeconds ?? 0) : undefined,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    enableECSManagedTags: asked.enableECSManagedTags ?? false,
    propagateTags: asked.propagateTags ?? 'NONE',
    enableExecuteCommand: false,
    availabilityZoneRebalancing: asked.availabilityZoneRebalancing ?? 'DISABLED',
    ...(include.includes('TAGS') ? { tags: tagsOf(ctx, service.arn) } : {}),
  };
};
