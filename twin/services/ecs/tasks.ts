import type * as Ecs from '@aws-sdk/client-ecs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import {
  clientException,
  ecsArn,
  ecsRecords,
  findTaskDefinition,
  invalidParameter,
  needCluster,
  type ClusterRecord,
  type TaskRecord,
} from './records.js';
import { listenerOf } from './scheduler.js';
import { zonesOf } from './subnets.js';
import { tagsOf } from './tags.js';
import { launchTask, stopTask } from './task-life.js';

const findTask = (ctx: Context, cluster: ClusterRecord, idOrArn: string | undefined): TaskRecord | undefined =>
  ctx.state(ecsRecords).tasks.get(idOrArn?.startsWith('arn:') ? idOrArn : ecsArn(ctx, `task/${cluster.name}/${idOrArn}`));

const describe = (task: TaskRecord, ctx: Context, include: readonly string[] = []): Ecs.Task => ({
  ...task.described,
  containers: task.described.containers.map((container) => ({ ...container })),
  ...(include.includes('TAGS') ? { tags: tagsOf(ctx, task.arn) } : {}),
});

const run = async (input: Ecs.RunTaskCommandInput, ctx: Context): Promise<TaskRecord[]> => {
  accept('RunTask', input, [
    ...(['cluster', 'taskDefinition', 'count', 'launchType', 'networkConfiguration', 'overrides', 'startedBy', 'group', 'tags'] as const),
    ...(['platformVersion', 'enableECSManagedTags', 'propagateTags'] as const),
  ]);
  if (input.launchType !== 'FARGATE') accept('RunTask', { [`launchType ${input.launchType ?? 'EC2'}`]: true }, []);
  accept('RunTask overrides', input.overrides ?? {}, ['containerOverrides']);
  for (const override of input.overrides?.containerOverrides ?? [])
    accept('containerOverrides', override, ['name', 'command', 'environment']);
  const cluster = needCluster(ctx, input.cluster);
  const definition = findTaskDefinition(ctx, input.taskDefinition);
  if (!definition) throw clientException('TaskDefinition not found.');
  if (definition.described.status !== 'ACTIVE') throw clientException('TaskDefinition is inactive');
  const count = input.count ?? 1;
  if (count < 1 || count > 10) throw invalidParameter('Count must be between 1 and 10.');
  const { networkConfiguration, overrides, startedBy, tags } = input;
  const zones = await zonesOf(networkConfiguration, ctx);
  const group = input.group ?? `family:${definition.family}`;
  const launch = { cluster, definition, networkConfiguration, zones, overrides, startedBy, tags, group };
  return Array.from({ length: count }, () => launchTask(launch, () => undefined, ctx));
};

const isListed = (task: TaskRecord, input: Ecs.ListTasksCommandInput): boolean =>
  task.described.desiredStatus === (input.desiredStatus ?? 'RUNNING') &&
  (input.serviceName === undefined || task.described.group === `service:${input.serviceName.split('/').at(-1)}`) &&
  (input.family === undefined || task.definition.family === input.family) &&
  (input.startedBy === undefined || task.described.startedBy === input.startedBy) &&
  (input.launchType === undefined || input.launchType === 'FARGATE');

export const taskOperations: Operations<typeof Ecs> = {
  RunTask: async (input, ctx) => {
    const reason = ctx.obstacle('ecs.task');
    if (reason !== undefined) return { tasks: [], failures: Array.from({ length: input.count ?? 1 }, () => ({ reason })) };
    return { tasks: (await run(input, ctx)).map((task) => describe(task, ctx)), failures: [] };
  },
  StopTask: ({ cluster, task: name, reason }, ctx) => {
    const task = findTask(ctx, needCluster(ctx, cluster), name);
    if (!task) throw invalidParameter('The referenced task was not found.');
    const service = ctx.state(ecsRecords).services.get(task.serviceArn ?? '');
    stopTask(
      task,
      { code: 'UserInitiated', reason: reason ?? 'Task stopped by user' },
      service ? listenerOf(service) : () => undefined,
      ctx,
    );
    return { task: describe(task, ctx) };
  },
  DescribeTasks: ({ cluster: clusterName, tasks, include }, ctx) => {
    const cluster = needCluster(ctx, clusterName);
    const asked = (tasks ?? []).map((name) => ({ name, task: findTask(ctx, cluster, name) }));
    return {
      tasks: asked.flatMap(({ task }) => (task ? [describe(task, ctx, include)] : [])),
      failures: asked
        .filter(({ task }) => !task)
        .map(({ name }) => ({ arn: name.startsWith('arn:') ? name : ecsArn(ctx, `task/${cluster.name}/${name}`), reason: 'MISSING' })),
    };
  },
  ListTasks: (input, ctx) => {
    accept('ListTasks', input, ['cluster', 'serviceName', 'family', 'startedBy', 'desiredStatus', 'launchType', 'maxResults', 'nextToken']);
    const cluster = needCluster(ctx, input.cluster);
    if (input.serviceName && !ctx.state(ecsRecords).services.has(serviceArn(cluster, input.serviceName, ctx))) {
      throw new AwsError('ServiceNotFoundException', 'Service not found.');
    }
    const arns = [...ctx.state(ecsRecords).tasks.values()]
      .filter((task) => task.clusterArn === cluster.arn && isListed(task, input))
      .map(({ arn }) => arn);
    const found = page(arns, { token: input.nextToken, most: input.maxResults ?? 100 }, () => invalidParameter('Invalid token'));
    return { taskArns: found.items, nextToken: found.next };
  },
};

const serviceArn = (cluster: ClusterRecord, name: string, ctx: Context): string =>
  name.startsWith('arn:') ? name : ecsArn(ctx, `service/${cluster.name}/${name}`);
