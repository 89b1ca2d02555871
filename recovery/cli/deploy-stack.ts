/**
 * One stack's change set, from `cdk deploy --method prepare-change-set` to the end of its execution.
 *
 * 1. It is read whole before it is executed; one that would lose data is deleted, and nothing happens.
 * 2. Its end is told by the stack's status, once the change set itself says that it has been executed: before that the status is an older one's.
 * 3. Whatever happens, stack policy and termination protection are what they should be afterwards, asked again.
 */
import {
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  ExecuteChangeSetCommand,
  type Change,
  type DescribeChangeSetCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { AssemblyStack } from '../adapters/cloud-assembly.js';
import { standingTemplate } from '../adapters/standing-assembly.js';
import { everyPage } from '../kit/every-page.js';
import { lossesIn, type Loss } from '../kit/losses.js';
import { classify, type Statuses } from '../kit/statuses.js';
import { RecoveryError } from '../model/recovery-error.js';
import { later } from '../model/time.js';
import type { Aws } from '../ports/aws.js';
import type { Clock } from '../ports/clock.js';
import { protect, stackNow } from './protect-stack.js';

export interface DeployedStack {
  readonly path: string;
  readonly name: string;
  readonly region: string;
  readonly digest: string;
  readonly is: 'unchanged' | 'deployed' | 'refused';
  /** How many resources the change set spoke of. */
  readonly changes: number;
  readonly losses: readonly (Loss & { readonly path: string })[];
}

type Client = ReturnType<Aws['cloudformation']>;

const stackStatuses: Statuses = {
  of: 'stack',
  onTheWay: [
    'CREATE_IN_PROGRESS',
    'IMPORT_IN_PROGRESS',
    'IMPORT_ROLLBACK_IN_PROGRESS',
    'UPDATE_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'ROLLBACK_IN_PROGRESS',
  ],
  goal: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'],
};
const changeSetStatuses: Statuses = { of: 'change set', onTheWay: ['CREATE_PENDING', 'CREATE_IN_PROGRESS'], goal: ['CREATE_COMPLETE'] };
const nothingToChange = /didn't contain changes|No updates are to be performed/;
const paceSeconds = 2;

/** Reads the change set of `stack` and executes it, unless it would lose data. @throws RecoveryError `unexpected-status` when its execution fails. */
export const deployStack = async (stack: AssemblyStack, changeSet: string, client: Client, clock: Clock): Promise<DeployedStack> => {
  const { path, name, region, digest } = stack;
  const about = { path, name, region, digest };
  const changes = await prepared(stack, client, changeSet, clock);
  if (changes === null) {
    await protect(stack, client);
    return { ...about, is: 'unchanged', changes: 0, losses: [] };
  }
  const losses = lossesIn(changes).map((loss) => ({ ...loss, path: stack.pathOf(loss.logicalId) }));
  if (losses.length > 0) {
    await client.send(new DeleteChangeSetCommand({ StackName: name, ChangeSetName: changeSet }));
    // cdk has taken termination protection away already where its app asks for none; what stands holds data all the same.
    await protect({ ...stack, terminationProtection: true }, client);
    return { ...about, is: 'refused', changes: changes.length, losses };
  }
  await client.send(new ExecuteChangeSetCommand({ StackName: name, ChangeSetName: changeSet }));
  await executed(client, name, changeSet, clock);
  await protect(stack, client);
  return { ...about, is: 'deployed', changes: changes.length, losses: [] };
};

/**
 * Every change of the change set; null: nothing is in it, or cdk made none because the stack stands by this very template.
 * @throws RecoveryError `unverified` where there is none and the stack stands by another.
 */
const prepared = async (
  { name: StackName, digest }: AssemblyStack,
  client: Client,
  ChangeSetName: string,
  clock: Clock,
): Promise<Change[] | null> => {
  for (;;) {
    const found = await changeSetNow(client, StackName, ChangeSetName);
    if (!found && (await standingTemplate(client, StackName)) === digest) return null;
    if (!found)
      throw new RecoveryError(
        'unverified',
        'no-change-set',
        `change set ${ChangeSetName} of ${StackName} is not there, and the stack stands by another template`,
      );
    const { Status, StatusReason = '' } = found;
    if (Status === 'FAILED' && nothingToChange.test(StatusReason)) {
      await client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName }));
      return null;
    }
    if (classify(changeSetStatuses, ChangeSetName, Status, StatusReason) === 'goal') break;
    await clock.sleepUntil(later(clock.now(), paceSeconds));
  }
  return everyPage(async (NextToken) => {
    const page = await client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName, NextToken, IncludePropertyValues: true }));
    return { items: page.Changes, next: page.NextToken };
  });
};

const changeSetNow = async (
  client: Client,
  StackName: string,
  ChangeSetName: string,
): Promise<DescribeChangeSetCommandOutput | undefined> => {
  try {
    return await client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName }));
  } catch (error) {
    if (error instanceof RecoveryError && /^ChangeSetNotFound(Exception)?$/.test(error.code)) return undefined;
    throw error;
  }
};

const executed = async (client: Client, StackName: string, changeSet: string, clock: Clock): Promise<void> => {
  for (;;) {
    const execution = (await changeSetNow(client, StackName, changeSet))?.ExecutionStatus;
    const { StackStatus, StackStatusReason } = await stackNow(client, StackName);
    if (execution !== 'EXECUTE_IN_PROGRESS' && execution !== 'AVAILABLE') {
      const detail = stackStatuses.goal.includes(StackStatus ?? '') ? StackStatusReason : await failuresOf(client, StackName);
      if (classify(stackStatuses, StackName, StackStatus, detail) === 'goal') return;
    }
    await clock.sleepUntil(later(clock.now(), paceSeconds));
  }
};

/** What the newest events say went wrong. */
const failuresOf = async (client: Client, StackName: string): Promise<string> => {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.filter(({ ResourceStatus, ResourceStatusReason }) => ResourceStatus?.endsWith('_FAILED') && ResourceStatusReason)
    .slice(0, 5)
    .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`)
    .join('; ');
};
