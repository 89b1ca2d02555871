import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { cloudFormation } from '../../../twin/services/cloudformation/index.js';
import { ecr } from '../../../twin/services/ecr/index.js';
import { iam } from '../../../twin/services/iam/index.js';
import { kms } from '../../../twin/services/kms/index.js';
import { s3 } from '../../../twin/services/s3/index.js';
import type { Service } from '../../../twin/services/service.js';
import { ssm } from '../../../twin/services/ssm/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

const templateFile = new URL('../../../node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml', import.meta.url);

/** What `cdk bootstrap` sends, in its order, from a client that cannot sleep in world time. */
const bootstrapped = async (parameters: Record<string, string>) => {
  const all: Service[] = [iam, kms, s3, ecr, ssm, cloudFormation(() => all)];
  const world = serviceWorld(all);
  const ctx = world.ctx('eu-west-1', false);
  const cfn = <Output = Record<string, unknown>>(operation: string, input: object) => ctx.call<Output>('cloudformation', operation, input);
  const TemplateBody = await readFile(templateFile, 'utf8');
  const named = { StackName: 'CDKToolkit', ChangeSetName: 'cdk-deploy-change-set' };
  await cfn('CreateChangeSet', {
    ...named,
    ChangeSetType: 'CREATE',
    TemplateBody,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    IncludeNestedStacks: true,
    ImportExistingResources: true,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    DeploymentConfig: { Mode: 'STANDARD' },
  });
  await cfn('ExecuteChangeSet', named);
  const describe = async () =>
    (
      await cfn<{ Stacks: { StackStatus: string; Outputs: { OutputKey: string; OutputValue: string }[] }[] }>('DescribeStacks', {
        StackName: 'CDKToolkit',
      })
    ).Stacks[0]!;
  const stack = await describe();
  if (stack.StackStatus !== 'CREATE_COMPLETE')
    throw new Error(JSON.stringify(await cfn('DescribeStackEvents', { StackName: 'CDKToolkit' }), null, 1));
  return {
    world,
    ctx,
    cfn,
    describe,
    outputs: Object.fromEntries(stack.Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
  };
};

test('the CDK’s own bootstrap template deploys, and every service answers for its part', async () => {
  const { ctx, outputs } = await bootstrapped({ FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY' });
  expect(outputs).toMatchObject({
    BucketName: 'cdk-hnb659fds-assets-111122223333-eu-west-1',
    BootstrapVersion: expect.any(String) as unknown,
  });
  await ctx.call('s3', 'HeadBucket', { Bucket: outputs['BucketName'] });
  expect(await ctx.call('s3', 'GetBucketVersioning', { Bucket: outputs['BucketName'] })).toMatchObject({ Status: 'Enabled' });
  expect(await ctx.call('ssm', 'GetParameter', { Name: '/cdk-bootstrap/hnb659fds/version' })).toMatchObject({
    Parameter: { Value: outputs['BootstrapVersion'] },
  });
  for (const role of ['file-publishing-role', 'image-publishing-role', 'lookup-role', 'deploy-role', 'cfn-exec-role']) {
    await ctx.call('iam', 'GetRole', { RoleName: `cdk-hnb659fds-${role}-111122223333-eu-west-1` });
  }
  expect(await ctx.call('ecr', 'DescribeRepositories', { repositoryNames: [outputs['ImageRepositoryName']] })).toMatchObject({
    repositories: [{ imageTagMutability: 'IMMUTABLE' }],
  });
});

test('the bootstrap template with its own key makes key and alias, and a second bootstrap finds nothing to do', async () => {
  const { ctx, cfn, outputs } = await bootstrapped({ FileAssetsBucketKmsKeyId: '' });
  expect(await ctx.call('kms', 'DescribeKey', { KeyId: 'alias/cdk-hnb659fds-assets-key' })).toMatchObject({
    KeyMetadata: { Arn: outputs['FileAssetKeyArn'] },
  });
  const named = { StackName: 'CDKToolkit', ChangeSetName: 'again' };
  const Parameters = [{ ParameterKey: 'FileAssetsBucketKmsKeyId', UsePreviousValue: true }];
  await cfn('CreateChangeSet', { ...named, UsePreviousTemplate: true, Parameters, Capabilities: ['CAPABILITY_NAMED_IAM'] });
  expect(await cfn('DescribeChangeSet', named)).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE' });
});

test('the bootstrap stack is deleted but for its bucket, which the template retains', async () => {
  const { ctx, cfn, describe, outputs } = await bootstrapped({ FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY' });
  await cfn('DeleteStack', { StackName: 'CDKToolkit' });
  await expect(describe()).rejects.toThrow('Stack with id CDKToolkit does not exist');
  await ctx.call('s3', 'HeadBucket', { Bucket: outputs['BucketName'] });
  await expect(ctx.call('ssm', 'GetParameter', { Name: '/cdk-bootstrap/hnb659fds/version' })).rejects.toMatchObject({
    code: 'ParameterNotFound',
  });
});
