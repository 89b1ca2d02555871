import {
  DescribeStacksCommand,
  GetStackPolicyCommand,
  SetStackPolicyCommand,
  UpdateTerminationProtectionCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { resourcesOf } from '../../lib/portability/walk.js';
import type { AssemblyStack } from '../adapters/cloud-assembly.js';
import { isStateful } from '../../lib/contract/stateful-types.js';
import { stackPolicy } from '../kit/stack-policy.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Aws } from '../ports/aws.js';

type Client = ReturnType<Aws['cloudformation']>;

export const stackNow = async (client: Client, StackName: string): Promise<Stack> => {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  if (stack) return stack;
  throw new RecoveryError('rejected', 'no-stack', `there is no stack ${StackName}`);
};

/** Gives a stack its policy and, where it holds data, termination protection. @throws RecoveryError `unverified` when the stack does not say afterwards what it was told. */
export const protect = async (stack: AssemblyStack, client: Client): Promise<void> => {
  const { name: StackName, terminationProtection } = stack;
  const policyNow = async () => (await client.send(new GetStackPolicyCommand({ StackName }))).StackPolicyBody;
  if ((await policyNow()) !== stackPolicy) await client.send(new SetStackPolicyCommand({ StackName, StackPolicyBody: stackPolicy }));
  const wanted = terminationProtection || resourcesOf(stack).some(({ resource }) => isStateful(resource.Type));
  const protectedNow = async () => (await stackNow(client, StackName)).EnableTerminationProtection === true;
  if (wanted && !(await protectedNow()))
    await client.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: true }));
  if ((await policyNow()) === stackPolicy && (!wanted || (await protectedNow()))) return;
  throw new RecoveryError(
    'unverified',
    'not-protected',
    `${StackName} does not have the stack policy and termination protection it was given`,
  );
};
