import type * as Ecs from '@aws-sdk/client-ecs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { clusterArn, ecsArn, ecsRecords, findCluster, invalidParameter, needCluster, type ClusterRecord } from './records.js';
import { setTags, tagsOf } from './tags.js';

const providers = ['FARGATE', 'FARGATE_SPOT'];
const checkProviders = (given: readonly string[] | undefined): void => {
  const unknown = (given ?? []).filter((name) => !providers.includes(name));
  if (unknown.length > 0)
    throw invalidParameter(`The specified capacity provider ${unknown.join(', ')} was not found. Specify a valid name.`);
};

const describe = (cluster: ClusterRecord, ctx: Context): Ecs.Cluster => {
  const { services, tasks } = ctx.state(ecsRecords);
  const mine = [...tasks.values()].filter((task) => task.clusterArn === cluster.arn).map(({ described }) => described);
  return {
    ...cluster.described,
    activeServicesCount: [...services.values()].filter((one) => one.clusterArn === cluster.arn && one.status === 'ACTIVE').length,
    runningTasksCount: mine.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: mine.filter(({ lastStatus, desiredStatus }) => lastStatus !== 'RUNNING' && desiredStatus === 'RUNNING').length,
    registeredContainerInstancesCount: 0,
    tags: tagsOf(ctx, cluster.arn),
  };
};

const create = (input: Ecs.CreateClusterCommandInput, ctx: Context): ClusterRecord => {
  accept('CreateCluster', input, ['clusterName', 'tags', 'settings', 'capacityProviders', 'defaultCapacityProviderStrategy']);
  checkProviders(input.capacityProviders);
  const name = input.clusterName ?? 'default';
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalidParameter('Invalid cluster name.');
  const existing = findCluster(ctx, name);
  if (existing?.described.status === 'ACTIVE') return existing;
  const arn = ecsArn(ctx, `cluster/${name}`);
  const described: Ecs.Cluster = {
    clusterArn: arn,
    clusterName: name,
    status: 'ACTIVE',
    settings: input.settings ?? [{ name: 'containerInsights', value: 'disabled' }],
    capacityProviders: input.capacityProviders ?? [],
    defaultCapacityProviderStrategy: input.defaultCapacityProviderStrategy ?? [],
    statistics: [],
  };
  const cluster = { arn, name, described };
  ctx.state(ecsRecords).clusters.set(arn, cluster);
  setTags(ctx, arn, input.tags);
  return cluster;
};

const remove = (name: string | undefined, ctx: Context): ClusterRecord => {
  const cluster = needCluster(ctx, name);
  const { services, tasks } = ctx.state(ecsRecords);
  if ([...services.values()].some((one) => one.clusterArn === cluster.arn && one.status !== 'INACTIVE')) {
    throw new AwsError('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.');
  }
  if ([...tasks.values()].some((one) => one.clusterArn === cluster.arn && one.described.lastStatus !== 'STOPPED')) {
    throw new AwsError('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.');
  }
  cluster.described.status = 'INACTIVE';
  return cluster;
};

export const clusterOperations: Operations<typeof Ecs> = {
  CreateCluster: (input, ctx) => ({ cluster: describe(create(input, ctx), ctx) }),
  DescribeClusters: ({ clusters }, ctx) => {
    const asked = clusters?.length ? clusters : ['default'];
    const found = asked.map((name) => ({ arn: clusterArn(ctx, name), cluster: findCluster(ctx, name) }));
    return {
      clusters: found.flatMap(({ cluster }) => (cluster ? [describe(cluster, ctx)] : [])),
      failures: found.filter(({ cluster }) => !cluster).map(({ arn }) => ({ arn, reason: 'MISSING' })),
    };
  },
  ListClusters: ({ maxResults, nextToken }, ctx) => {
    const arns = [...ctx.state(ecsRecords).clusters.values()]
      .filter(({ described }) => described.status === 'ACTIVE')
      .map(({ arn }) => arn);
    const found = page(arns, { token: nextToken, most: maxResults ?? 100 }, () => invalidParameter('Invalid token'));
    return { clusterArns: found.items, nextToken: found.next };
  },
  UpdateCluster: (input, ctx) => {
    accept('UpdateCluster', input, ['cluster', 'settings']);
    const cluster = needCluster(ctx, input.cluster);
    Object.assign(cluster.described, input.settings ? { settings: input.settings } : {});
    return { cluster: describe(cluster, ctx) };
  },
  UpdateClusterSettings: (input, ctx) => {
    const cluster = needCluster(ctx, input.cluster);
    cluster.described.settings = input.settings;
    return { cluster: describe(cluster, ctx) };
  },
  PutClusterCapacityProviders: (input, ctx) => {
    checkProviders(input.capacityProviders);
    const cluster = needCluster(ctx, input.cluster);
    cluster.described.capacityProviders = input.capacityProviders;
    cluster.described.defaultCapacityProviderStrategy = input.defaultCapacityProviderStrategy;
    return { cluster: describe(cluster, ctx) };
  },
  DeleteCluster: ({ cluster }, ctx) => ({ cluster: describe(remove(cluster, ctx), ctx) }),
};
