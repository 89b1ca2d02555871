import type * as Ecs from '@aws-sdk/client-ecs';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { checkFargateSize } from './fargate-sizes.js';
import { clientException, ecsArn, ecsRecords, findTaskDefinition, invalidParameter, type TaskDefinitionRecord } from './records.js';
import { setTags, tagsOf } from './tags.js';

/** `cpu` to `systemControls` are recorded and change nothing: a process here has no cgroup of its own. */
const containerMembers = [
  ...(['name', 'image', 'essential', 'portMappings', 'environment', 'secrets', 'command', 'logConfiguration'] as const),
  ...(['cpu', 'memory', 'memoryReservation', 'readonlyRootFilesystem', 'user', 'workingDirectory', 'dockerLabels'] as const),
  ...(['linuxParameters', 'startTimeout', 'stopTimeout', 'ulimits', 'systemControls'] as const),
];

const checkContainer = (container: Ecs.ContainerDefinition, executionRoleArn: string | undefined): void => {
  accept(`container ${container.name}`, container, containerMembers);
  if (!container.name) throw clientException('Container.name should not be null or empty.');
  if (!container.image) throw clientException('Container.image should not be null or empty.');
  const { logConfiguration: logs, secrets = [], portMappings = [] } = container;
  if (logs && logs.logDriver !== 'awslogs') accept(`container ${container.name}`, { [`logDriver ${logs.logDriver}`]: true }, []);
  for (const option of ['awslogs-group', 'awslogs-region', 'awslogs-stream-prefix']) {
    if (logs && !logs.options?.[option]) throw clientException(`Log driver awslogs requires options: ${option}`);
  }
  if (!executionRoleArn && /\.dkr\.ecr\./.test(container.image)) {
    throw clientException('Fargate requires task definition to have execution role ARN to support ECR images.');
  }
  if (!executionRoleArn && logs)
    throw clientException('Fargate requires task definition to have execution role ARN to support log driver awslogs.');
  if (!executionRoleArn && secrets.length > 0) {
    throw clientException('When you are specifying container secrets, you must also specify a value for executionRoleArn.');
  }
  if (portMappings.some(({ hostPort, containerPort }) => hostPort && hostPort !== containerPort)) {
    throw clientException('When networkMode=awsvpc, the host ports and container ports in port mappings must match.');
  }
};

const register = (input: Ecs.RegisterTaskDefinitionCommandInput, ctx: Context): TaskDefinitionRecord => {
  accept('RegisterTaskDefinition', input, [
    ...(['family', 'taskRoleArn', 'executionRoleArn', 'networkMode', 'containerDefinitions', 'requiresCompatibilities'] as const),
    ...(['cpu', 'memory', 'tags', 'runtimePlatform', 'ephemeralStorage'] as const),
  ]);
  const { tags, containerDefinitions = [], requiresCompatibilities, family = '', ...others } = input;
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(family)) throw clientException('Family contains invalid characters.');
  if (containerDefinitions.length === 0) throw clientException('Container list cannot be empty.');
  if (requiresCompatibilities?.join() !== 'FARGATE')
    accept('a task definition', { [`requiresCompatibilities ${requiresCompatibilities?.join()}`]: true }, []);
  if (input.networkMode !== 'awsvpc') throw clientException('Fargate only supports network mode ‘awsvpc’.');
  checkFargateSize(input.cpu, input.memory);
  if (!containerDefinitions.some(({ essential }) => essential ?? true)) throw clientException('At least one container must be essential.');
  for (const container of containerDefinitions) checkContainer(container, input.executionRoleArn);
  const { taskDefinitions } = ctx.state(ecsRecords);
  const revision = [...taskDefinitions.values()].filter((one) => one.family === family).length + 1;
  const arn = ecsArn(ctx, `task-definition/${family}:${revision}`);
  const described: Ecs.TaskDefinition = {
    ...others,
    taskDefinitionArn: arn,
    family,
    revision,
    status: 'ACTIVE',
    containerDefinitions: containerDefinitions.map((container) => ({
      cpu: 0,
      environment: [],
      mountPoints: [],
      volumesFrom: [],
      ...container,
      essential: container.essential ?? true,
      portMappings: (container.portMappings ?? []).map((port) => ({ protocol: 'tcp' as const, ...port, hostPort: port.containerPort })),
    })),
    volumes: [],
    placementConstraints: [],
    compatibilities: ['EC2', 'FARGATE'],
    requiresCompatibilities,
    registeredAt: ctx.date(),
    registeredBy: ctx.caller.principalArn,
  };
  const record = { arn, family, revision, described };
  taskDefinitions.set(arn, record);
  setTags(ctx, arn, tags);
  return record;
};

const deregister = (name: string | undefined, ctx: Context): TaskDefinitionRecord => {
  if (!/:\d+$/.test(name ?? '')) throw clientException('Revision is missing.');
  const found = findTaskDefinition(ctx, name);
  if (!found)
    throw clientException('The specified task definition does not exist. Specify a valid account, family, revision and try again.');
  found.described.status = 'INACTIVE';
  found.described.deregisteredAt = ctx.date();
  return found;
};

export const taskDefinitionOperations: Operations<typeof Ecs> = {
  RegisterTaskDefinition: (input, ctx) => {
    const { arn, described } = register(input, ctx);
    return { taskDefinition: { ...described }, tags: tagsOf(ctx, arn) };
  },
  DeregisterTaskDefinition: ({ taskDefinition }, ctx) => ({ taskDefinition: { ...deregister(taskDefinition, ctx).described } }),
  DescribeTaskDefinition: ({ taskDefinition, include }, ctx) => {
    const found = findTaskDefinition(ctx, taskDefinition);
    if (!found) throw clientException('Unable to describe task definition.');
    return { taskDefinition: { ...found.described }, ...(include?.includes('TAGS') ? { tags: tagsOf(ctx, found.arn) } : {}) };
  },
  ListTaskDefinitions: ({ familyPrefix, status = 'ACTIVE', sort, maxResults, nextToken }, ctx) => {
    const all = [...ctx.state(ecsRecords).taskDefinitions.values()]
      .filter(({ family, described }) => described.status === status && (familyPrefix === undefined || family === familyPrefix))
      .sort((one, other) => one.family.localeCompare(other.family) || one.revision - other.revision)
      .map(({ arn }) => arn);
    const ordered = sort === 'DESC' ? all.reverse() : all;
    const found = page(ordered, { token: nextToken, most: maxResults ?? 100 }, () => invalidParameter('Invalid token'));
    return { taskDefinitionArns: found.items, nextToken: found.next };
  },
};
