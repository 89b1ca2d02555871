import { DescribeTasksCommand, ListClustersCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import type { JudgedStack } from '../../lib/portability/judged.js';
import { isObject, resourcesOfType, walk } from '../../lib/portability/walk.js';
import { everyPage } from '../kit/every-page.js';
import type { RegionAws } from '../ports/region-aws.js';
import type { Probe } from './probe.js';
import { serviceQuota } from './service-quota.js';

const unitsPerCpu = 1_024;
/** DescribeTasks takes no more at a time. */
const tasksAtOnce = 100;

/** Virtual CPUs of all tasks that run, but for those of the service that is to be made. */
const usedBy = async (others: (group: string | undefined) => boolean, region: string, aws: RegionAws): Promise<number> => {
  const clusters = await everyPage(async (nextToken) => {
    const page = await aws.ecs(region).send(new ListClustersCommand({ nextToken }));
    return { items: page.clusterArns, next: page.nextToken };
  });
  const tasks = clusters.map(async (cluster) => {
    const arns = await everyPage(async (nextToken) => {
      const page = await aws.ecs(region).send(new ListTasksCommand({ cluster, nextToken }));
      return { items: page.taskArns, next: page.nextToken };
    });
    const found = [];
    for (let at = 0; at < arns.length; at += tasksAtOnce)
      found.push(aws.ecs(region).send(new DescribeTasksCommand({ cluster, tasks: arns.slice(at, at + tasksAtOnce) })));
    return (await Promise.all(found)).flatMap((answer) => answer.tasks ?? []);
  });
  const all = (await Promise.all(tasks)).flat().filter(({ launchType, group }) => launchType === 'FARGATE' && others(group));
  return all.reduce((sum, { cpu }) => sum + Number(cpu ?? 0) / unitsPerCpu, 0);
};

/** The most that a count may come to, whatever it hangs on: `Fn::If` names both. */
const mostOf = (count: unknown): number =>
  Math.max(0, ...[...walk(count)].map(({ value }) => Number(value)).filter((value) => Number.isInteger(value)));

const cpuOf = (stack: JudgedStack, definition: unknown): number => {
  const id = isObject(definition) ? definition['Ref'] : undefined;
  const found = resourcesOfType(stack, 'AWS::ECS::TaskDefinition').find((one) => one.id === id);
  return Number(found?.resource.Properties?.['Cpu'] ?? 0) / unitsPerCpu;
};

/** `0.5 NAME`: virtual CPUs of the service of that name, at its largest. */
export const regionHasFargateQuota: Probe = {
  id: 'region-has-fargate-quota',
  summary: "the account's quota of Fargate's virtual CPUs in the region leaves room for every service at its largest",
  wants: (stack) => {
    const largest = Math.max(
      0,
      ...resourcesOfType(stack, 'AWS::ApplicationAutoScaling::ScalableTarget').map(({ resource }) =>
        mostOf(resource.Properties?.['MaxCapacity']),
      ),
    );
    return resourcesOfType(stack, 'AWS::ECS::Service').flatMap(({ path, resource: { Properties = {} } }) => {
      const needed = Math.max(largest, mostOf(Properties['DesiredCount'])) * cpuOf(stack, Properties['TaskDefinition']);
      return needed === 0 ? [] : [{ path, name: `${needed} ${String(Properties['ServiceName'])}` }];
    });
  },
  lacks: async ({ name }, region, aws) => {
    const [needed, service] = name.split(' ');
    const max = await serviceQuota(['fargate', 'L-3032A538'], region, aws);
    if (max === undefined) return `${region} does not tell its quota of Fargate's vCPUs`;
    const used = await usedBy((group) => group !== `service:${service}`, region, aws);
    return max - used >= Number(needed)
      ? undefined
      : `the quota of Fargate's vCPUs in ${region} leaves ${max - used} of ${max}, and ${needed} are needed`;
  },
};
