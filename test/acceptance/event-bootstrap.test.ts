import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CreatePolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cdk, startTwin, tryCdk, type Twin } from './support/altsite.js';
import { configOf } from './support/protect.js';

const account = '111122223333';
const region = 'eu-central-1';
const document = readFileSync('lib/contract/event-execution-policy.json', 'utf8');
const eventRole = `cdk-event-cfn-exec-role-${account}-${region}`;

describe('the region recovered to, bootstrapped for events as docs/ARCHITECTURE.md says', () => {
  let twin: Twin;
  let iam: IAMClient;
  let policy: string;
  beforeAll(async () => {
    twin = await startTwin({ seed: 216 });
    iam = new IAMClient(configOf(twin, 'us-east-1'));
    const made = await iam.send(new CreatePolicyCommand({ PolicyName: 'altsite-event-execution', PolicyDocument: document }));
    policy = made.Policy?.Arn ?? '';
    const event = ['--qualifier', 'event', '--toolkit-stack-name', 'CDKToolkit-event', '--cloudformation-execution-policies', policy];
    // In a folder without a cdk.json, or the app there would be synthesised too.
    await cdk(['bootstrap', `aws://${account}/${region}`, ...event], twin.environment, twin.home);
  }, 300_000);
  afterAll(() => twin.stop());

  it('has an execution role that may do what the policy of the contract says, and nothing else', async () => {
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: eventRole }));
    expect(AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)).toEqual([policy]);
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: policy, VersionId: 'v1' }));
    expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))).toEqual(JSON.parse(document));
  });

  const deploy = (stack: string) => {
    const app = `node ${join(process.cwd(), 'test', 'acceptance', 'support', 'event-app.mjs')}`;
    const qualifier = ['-c', '@aws-cdk/core:bootstrapQualifier=event', '--toolkit-stack-name', 'CDKToolkit-event'];
    return tryCdk(['deploy', stack, '--app', app, '--require-approval', 'never', ...qualifier], twin.environment, twin.home);
  };

  it('deploys as that role what is deployed with the qualifier of events', async () => {
    expect((await deploy('Event')).code).toBe(0);
    const stacks = await new CloudFormationClient(configOf(twin, region)).send(new DescribeStacksCommand({ StackName: 'Event' }));
    expect(stacks.Stacks).toMatchObject([{ StackStatus: 'CREATE_COMPLETE', RoleARN: `arn:aws:iam::${account}:role/${eventRole}` }]);
  }, 300_000);

  it('makes no role: CloudFormation is refused as that role, and nothing of the stack stays', async () => {
    const { code, stdout, stderr } = await deploy('Unfit');
    expect(code).toBe(1);
    expect((stdout + stderr).replace(/\s+/g, ' ')).toContain(
      `assumed-role/${eventRole}/AWSCloudFormation is not authorized to perform: iam:CreateRole`,
    );
    await expect(iam.send(new GetRoleCommand({ RoleName: 'made-in-an-event' }))).rejects.toThrow('cannot be found');
  }, 300_000);
});
