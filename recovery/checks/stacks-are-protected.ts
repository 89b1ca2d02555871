import { DescribeStacksCommand, GetStackPolicyCommand, ListStackResourcesCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { defineCheck } from '../kit/define-check.js';
import type { StepContext } from '../kit/define-step.js';
import { everyPage } from '../kit/every-page.js';
import { isStateful } from '../../lib/contract/stateful-types.js';
import { stackPolicy } from '../kit/stack-policy.js';

/** Whether a later deployment, by whoever and however, could lose what the stacks of this site hold. */
export const stacksAreProtected = defineCheck<object>({
  uses: 'stacks.are-protected',
  claim: 'every stack of this site that holds data refuses to lose it: by its stack policy, and by termination protection',
  input: z.strictObject({}),
  iam: ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources', 'cloudformation:GetStackPolicy'],
  expectedSeconds: 5,
  patienceSeconds: 0,
  paceSeconds: 10,
  waivable: true,
  ask: async (_input, ctx) => {
    const about = {
      expected: 'policy and termination protection on each',
      source: `cloudformation:GetStackPolicy and DescribeStacks in ${ctx.to.region}`,
    };
    return asking(about, async () => {
      const holding = await asyncFilter(await stacksOfSite(ctx), (stack) => holdsAny(ctx, stack));
      const amiss = (await Promise.all(holding.map((stack) => lacks(ctx, stack)))).flat();
      if (holding.length === 0) return { holds: false, observed: 'no stack of this site holds anything' };
      return {
        holds: amiss.length === 0,
        observed: amiss.length ? amiss.join('; ') : holding.map(({ StackName }) => StackName).join(', '),
      };
    });
  },
});

/** Stacks say by their tag which site they are of. */
const stacksOfSite = async ({ aws, to }: StepContext): Promise<Stack[]> => {
  const stacks = await everyPage(async (NextToken) => {
    const page = await aws.cloudformation(to.region).send(new DescribeStacksCommand({ NextToken }));
    return { items: page.Stacks, next: page.NextToken };
  });
  return stacks.filter(({ Tags = [] }) => Tags.some(({ Key, Value }) => Key === 'altsite:site' && Value === to.name));
};

const holdsAny = async ({ aws, to }: StepContext, { StackName }: Stack): Promise<boolean> => {
  const resources = await everyPage(async (NextToken) => {
    const page = await aws.cloudformation(to.region).send(new ListStackResourcesCommand({ StackName, NextToken }));
    return { items: page.StackResourceSummaries, next: page.NextToken };
  });
  return resources.some(({ ResourceType = '' }) => isStateful(ResourceType));
};

const lacks = async ({ aws, to }: StepContext, { StackName, EnableTerminationProtection }: Stack): Promise<string[]> => {
  const { StackPolicyBody } = await aws.cloudformation(to.region).send(new GetStackPolicyCommand({ StackName }));
  return [
    ...(StackPolicyBody === stackPolicy ? [] : [`${StackName} has ${StackPolicyBody === undefined ? 'no' : 'another'} stack policy`]),
    ...(EnableTerminationProtection ? [] : [`${StackName} can be deleted`]),
  ];
};

const asyncFilter = async <T>(items: readonly T[], wanted: (item: T) => Promise<boolean>): Promise<T[]> => {
  const answers = await Promise.all(items.map(wanted));
  return items.filter((_, at) => answers[at]);
};
