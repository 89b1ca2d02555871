import { beforeEach, describe, expect, it } from '@jest/globals';
import { inProcessTwin, type InProcessTwin } from '../../../twin/doors/in-process.js';

const alarm = {
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: 'alarm',
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    MetricName: 'm',
    Namespace: 'n',
    Period: 60,
    Statistic: 'Sum',
    Threshold: 1,
  },
};
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] };
const role = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'made', AssumeRolePolicyDocument: trust } };
const allow = (Action: string) => ({ Effect: 'Allow', Action, Resource: '*' });

describe('what CloudFormation does as a stack’s execution role', () => {
  let twin: InProcessTwin;
  beforeEach(async () => {
    twin = inProcessTwin({ seed: 1, startsAt: Date.parse('2030-01-01T02:00:00Z') });
    await call('iam', 'CreateRole', { RoleName: 'execution', AssumeRolePolicyDocument: JSON.stringify(trust) });
  });
  const call = <Output>(service: string, operation: string, input: object) =>
    twin.call<Output>('somebody', 'eu-central-1', service, operation, input);
  const attach = (PolicyArn: string) => call('iam', 'AttachRolePolicy', { RoleName: 'execution', PolicyArn });
  const allowed = async (...Statement: readonly object[]): Promise<void> => {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    const { Policy } = await call<{ Policy: { Arn: string } }>('iam', 'CreatePolicy', { PolicyName: 'execution', PolicyDocument });
    await attach(Policy.Arn);
  };
  const deployed = async (resource: object): Promise<{ status: string; reasons: string }> => {
    const StackName = 'stack';
    const Capabilities = ['CAPABILITY_NAMED_IAM'];
    const TemplateBody = JSON.stringify({ Resources: { One: resource } });
    await call('cloudformation', 'CreateStack', {
      StackName,
      TemplateBody,
      Capabilities,
      RoleARN: 'arn:aws:iam::111122223333:role/execution',
    });
    await twin.sleepUntil(twin.now() + 600_000);
    const { Stacks } = await call<{ Stacks: { StackStatus: string }[] }>('cloudformation', 'DescribeStacks', { StackName });
    const { StackEvents } = await call<{ StackEvents: { ResourceStatusReason?: string }[] }>('cloudformation', 'DescribeStackEvents', {
      StackName,
    });
    return { status: Stacks[0]!.StackStatus, reasons: StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason).join(' ') };
  };

  it('is done where a policy of the customer’s allows it', async () => {
    await allowed(allow('cloudwatch:*'));
    expect(await deployed(alarm)).toMatchObject({ status: 'CREATE_COMPLETE' });
  });

  it('is refused by role and action where none allows it', async () => {
    await allowed(allow('cloudwatch:*'));
    const { status, reasons } = await deployed(role);
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reasons).toContain('assumed-role/execution/AWSCloudFormation is not authorized to perform: iam:CreateRole');
  });

  it('is refused where one denies it, whatever another allows', async () => {
    await allowed(allow('*'), { ...allow('cloudwatch:Put*'), Effect: 'Deny' });
    expect(await deployed(alarm)).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
  });

  it('is not judged where the role has a policy of AWS’s own', async () => {
    await allowed({ ...allow('*'), Effect: 'Deny' });
    await attach('arn:aws:iam::aws:policy/AdministratorAccess');
    expect(await deployed(role)).toMatchObject({ status: 'CREATE_COMPLETE' });
  });
});
