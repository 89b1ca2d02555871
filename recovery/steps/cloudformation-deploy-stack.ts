/**
 * Makes the service stack say `active`, so that later deploys keep what the recovery has started.
 *
 * 1. Only the capacity parameter changes: previous template, previous values of everything else.
 * 2. A change set is read before it is executed; one that replaces, removes, or touches data, access or DNS is refused.
 * 3. The change set is named from the attempt, so a start that was not noted finds it again.
 */
import {
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
  type Change,
  type DescribeChangeSetCommandOutput,
  type Parameter,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import { awsToken } from '../kit/aws-token.js';
import { objectionsTo } from '../kit/change-review.js';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, pending, type Looked, type StepContext } from '../kit/define-step.js';
import { everyPage } from '../kit/every-page.js';
import { mayNotShowYet } from '../kit/not-visible-yet.js';
import { classify, type Statuses } from '../kit/statuses.js';
import { RecoveryError } from '../model/recovery-error.js';

interface Handle {
  /** Null: the stack said so already. */
  readonly changeSet: string | null;
}
interface Output {
  readonly stack: string;
}

const stackStatuses: Statuses = {
  of: 'stack',
  onTheWay: ['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
  // The last two are a sound stack, of which a change set can be made; whether it is *our* update is told by the parameter.
  goal: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE'],
};
const changeSetStatuses: Statuses = { of: 'change set', onTheWay: ['CREATE_PENDING', 'CREATE_IN_PROGRESS'], goal: ['CREATE_COMPLETE'] };
const nothingToChange = /didn't contain changes|No updates are to be performed/;

export const cloudformationDeployStack = defineStep<object, Handle, Output>({
  uses: 'cloudformation.deploy-stack',
  summary: "set the service stack's capacity parameter to active, so that later deploys keep it",
  input: z.strictObject({}),
  produces: { stack: 'ARN of the stack' },
  effect: 'reversible',
  iam: [
    'cloudformation:DescribeStacks',
    'cloudformation:CreateChangeSet',
    'cloudformation:DescribeChangeSet',
    'cloudformation:ExecuteChangeSet',
    'cloudformation:UpdateStack',
    'ecs:UpdateService',
    'ecs:DescribeServices',
  ],
  writes: () => ['ecs:service'],
  expectedSeconds: 60,
  limitSeconds: 1800,
  paceSeconds: 5,
  // It keeps later deploys from stopping the site; nothing that serves now rests on it.
  skippable: true,
  undo: async (handle, _input, ctx) => {
    const undone = done({ left: [] });
    if (handle?.changeSet === null) return undone;
    const stack = await theStack(ctx);
    if (statusOf(stack) === 'on-the-way') return pending(`stack is ${stack.StackStatus}`);
    if (!isActive(ctx, stack)) return undone;
    const { StackStatus, LastUpdatedTime } = stack;
    if (StackStatus === 'UPDATE_ROLLBACK_COMPLETE' && LastUpdatedTime && LastUpdatedTime.toISOString() >= ctx.startedAt)
      throw new RecoveryError(
        'unexpected-status',
        'rolled-back',
        `${stack.StackName} did not go back to standby: its update was rolled back`,
      );
    await ctx.aws.cloudformation(ctx.to.region).send(
      new UpdateStackCommand({
        StackName: ctx.targets.site.serviceStack,
        UsePreviousTemplate: true,
        Parameters: parametersFor(ctx, stack, 'standby'),
        Capabilities: stack.Capabilities ?? [],
        ClientRequestToken: awsToken(`${ctx.token}/undo/${ctx.startedAt}`),
      }),
    );
    return pending('stack goes back to standby');
  },
  start: async (_input, ctx) => {
    const stack = await theStack(ctx);
    if (isActive(ctx, stack) && statusOf(stack) === 'goal') return { changeSet: null };
    const changeSet = awsToken(ctx.token);
    if (await findChangeSet(ctx, changeSet)) return { changeSet };
    // An earlier attempt's update, or somebody's deploy: CloudFormation takes one at a time.
    if (statusOf(stack) === 'on-the-way') throw new RecoveryError('transient', 'busy', `stack ${stack.StackName} is ${stack.StackStatus}`);
    await ctx.aws.cloudformation(ctx.to.region).send(
      new CreateChangeSetCommand({
        StackName: ctx.targets.site.serviceStack,
        ChangeSetName: changeSet,
        ChangeSetType: 'UPDATE',
        UsePreviousTemplate: true,
        Parameters: parametersFor(ctx, stack, 'active'),
        // As the stack was deployed with; what they would allow is refused below all the same.
        Capabilities: stack.Capabilities ?? [],
        Description: `${ctx.run}: ${ctx.task}`,
        ClientToken: changeSet,
      }),
    );
    return { changeSet };
  },
  poll: async ({ changeSet }, _input, ctx) => {
    const stack = await theStack(ctx);
    const finished = done({ stack: stack.StackName ?? '' });
    if (changeSet === null) return finished;
    if (statusOf(stack) === 'on-the-way') return pending(`stack is ${stack.StackStatus}`);
    if (isActive(ctx, stack)) return finished;
    const found = await findChangeSet(ctx, changeSet);
    if (!found && mayNotShowYet(ctx)) return pending(`change set ${changeSet} cannot be seen yet`);
    if (!found) throw new RecoveryError('unexpected-status', 'no-change-set', `change set ${changeSet} of ${stack.StackName} is gone`);
    return (await advance(ctx, found)) ?? finished;
  },
  verify: async (_output, _input, ctx) => {
    const stack = await theStack(ctx);
    return [
      evidence(ctx, 'cloudformation.deploy-stack', `later deploys of ${stack.StackName} keep the site active`, {
        holds: isActive(ctx, stack) && statusOf(stack) === 'goal',
        expected: `${ctx.targets.site.capacityParameter} = active, at rest`,
        observed: `${ctx.targets.site.capacityParameter} = ${capacityOf(ctx, stack)}, ${stack.StackStatus}`,
        source: `cloudformation:DescribeStacks ${stack.StackName}`,
      }),
    ];
  },
});

/** The next thing to do with our change set; undefined: it turned out to change nothing. */
const advance = async (ctx: StepContext, found: DescribeChangeSetCommandOutput): Promise<Looked<never> | undefined> => {
  const { ChangeSetName: name = '?', Status, StatusReason = '', ExecutionStatus } = found;
  if (Status === 'FAILED' && nothingToChange.test(StatusReason)) return undefined;
  if (classify(changeSetStatuses, name, Status, StatusReason) === 'on-the-way') return pending(`change set is ${Status}`);
  if (ExecutionStatus === 'EXECUTE_FAILED' || ExecutionStatus === 'OBSOLETE')
    throw new RecoveryError('unexpected-status', ExecutionStatus, `change set ${name} is ${ExecutionStatus}: ${StatusReason}`);
  if (ExecutionStatus === 'EXECUTE_COMPLETE')
    throw new RecoveryError(
      'unexpected-status',
      'rolled-back',
      `change set ${name} was executed and the stack is not active: it was rolled back`,
    );
  if (ExecutionStatus !== 'AVAILABLE') return pending(`change set is ${ExecutionStatus ?? 'not there yet'}`);

  const objections = objectionsTo(await changesIn(ctx, name));
  if (objections.length)
    throw new RecoveryError(
      'rejected',
      'dangerous-change',
      `change set ${name} of ${ctx.targets.site.serviceStack} was not executed: it ${objections.join('; it ')}`,
    );
  await ctx.aws.cloudformation(ctx.to.region).send(
    new ExecuteChangeSetCommand({
      StackName: ctx.targets.site.serviceStack,
      ChangeSetName: name,
      ClientRequestToken: awsToken(ctx.token),
    }),
  );
  return pending('change set is being executed');
};

const theStack = async (ctx: StepContext): Promise<Stack> => {
  const { Stacks } = await ctx.aws
    .cloudformation(ctx.to.region)
    .send(new DescribeStacksCommand({ StackName: ctx.targets.site.serviceStack }));
  const [stack] = Stacks ?? [];
  if (stack) return stack;
  throw new RecoveryError(
    'rejected',
    'no-stack',
    `there is no stack ${ctx.targets.site.serviceStack} in ${ctx.to.region}; deploy the site`,
  );
};

const statusOf = ({ StackName = '?', StackStatus, StackStatusReason }: Stack) =>
  classify(stackStatuses, StackName, StackStatus, StackStatusReason);

const capacityOf = (ctx: StepContext, { Parameters }: Stack): string | undefined =>
  Parameters?.find(({ ParameterKey }) => ParameterKey === ctx.targets.site.capacityParameter)?.ParameterValue;

const isActive = (ctx: StepContext, stack: Stack): boolean => capacityOf(ctx, stack) === 'active';

const parametersFor = (ctx: StepContext, { Parameters }: Stack, capacity: 'active' | 'standby'): Parameter[] => {
  const key = ctx.targets.site.capacityParameter;
  const others = (Parameters ?? []).filter(({ ParameterKey }) => ParameterKey !== key);
  return [{ ParameterKey: key, ParameterValue: capacity }, ...others.map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true }))];
};

const describeChangeSet = (ctx: StepContext, ChangeSetName: string, NextToken?: string) =>
  ctx.aws
    .cloudformation(ctx.to.region)
    .send(new DescribeChangeSetCommand({ StackName: ctx.targets.site.serviceStack, ChangeSetName, NextToken }));

const findChangeSet = async (ctx: StepContext, name: string): Promise<DescribeChangeSetCommandOutput | undefined> => {
  try {
    return await describeChangeSet(ctx, name);
  } catch (error) {
    if (error instanceof RecoveryError && /^ChangeSetNotFound(Exception)?$/.test(error.code)) return undefined;
    throw error;
  }
};

const changesIn = (ctx: StepContext, name: string): Promise<Change[]> =>
  everyPage(async (token) => {
    const page = await describeChangeSet(ctx, name, token);
    return { items: page.Changes, next: page.NextToken };
  });
