import { expect, test } from '@jest/globals';
import { cloudWatchLogs } from '../../../twin/services/cloudwatch-logs/index.js';
import { s3 } from '../../../twin/services/s3/index.js';
import { ssm } from '../../../twin/services/ssm/index.js';
import { templateOf, worldOfThings } from '../../helpers/things.js';

interface Drifts {
  StackResourceDrifts: {
    LogicalResourceId: string;
    StackResourceDriftStatus: string;
    PropertyDifferences: { PropertyPath: string; ExpectedValue: string; ActualValue: string; DifferenceType: string }[];
  }[];
}

const drifting = (...services: Parameters<typeof worldOfThings>) => {
  const world = worldOfThings(...services);
  const detect = async () => {
    const { StackDriftDetectionId } = await world.look<{ StackDriftDetectionId: string }>('DetectStackDrift', { StackName: 'Site' });
    const status = await world.look('DescribeStackDriftDetectionStatus', { StackDriftDetectionId });
    const { StackResourceDrifts } = await world.look<Drifts>('DescribeStackResourceDrifts', { StackName: 'Site' });
    const found = Object.fromEntries(StackResourceDrifts.map((one) => [one.LogicalResourceId, one.StackResourceDriftStatus]));
    return { status, found, all: StackResourceDrifts };
  };
  return { ...world, detect };
};

test('a stack whose resources were changed or deleted behind its back says which and how', async () => {
  const world = drifting();
  await world.deploy(templateOf({ Same: {}, Grown: { Properties: { Size: 1 } }, Gone: {}, Fixed: { Type: 'Test::Fixed' } }));
  expect((await world.detect()).status).toMatchObject({ StackDriftStatus: 'IN_SYNC', DriftedStackResourceCount: 0 });
  const { Things } = await world.things();
  const idOf = (name: string) => Things.find(({ properties }) => properties['Name'] === name)!.id;
  await world.call('things', 'ModifyThing', { Id: idOf('Grown'), Properties: { Name: 'Grown', Size: 9 } });
  await world.call('things', 'DeleteThing', { Id: idOf('Gone') });
  const { status, found, all } = await world.detect();
  expect(status).toMatchObject({
    DetectionStatus: 'DETECTION_COMPLETE',
    StackDriftStatus: 'DRIFTED',
    DriftedStackResourceCount: 2,
  });
  // What cannot be read back is not among them: nothing is known of it.
  expect(found).toEqual({ Same: 'IN_SYNC', Grown: 'MODIFIED', Gone: 'DELETED' });
  expect(all.find((one) => one.LogicalResourceId === 'Grown')?.PropertyDifferences).toEqual([
    { PropertyPath: '/Size', ExpectedValue: '1', ActualValue: '9', DifferenceType: 'NOT_EQUAL' },
  ]);
  const { StackResources } = await world.look<{ StackResources: object[] }>('DescribeStackResources', { StackName: 'Site' });
  expect(StackResources).toMatchObject(
    ['IN_SYNC', 'MODIFIED', 'DELETED', 'NOT_CHECKED'].map((StackResourceDriftStatus) => ({
      DriftInformation: { StackResourceDriftStatus },
    })),
  );
});

test('one resource is compared by itself, and one that cannot be is refused by type', async () => {
  const world = drifting();
  await world.deploy(templateOf({ Thing: {}, Fixed: { Type: 'Test::Fixed' } }));
  const one = (LogicalResourceId: string) => world.look('DetectStackResourceDrift', { StackName: 'Site', LogicalResourceId });
  expect(await one('Thing')).toMatchObject({ StackResourceDrift: { StackResourceDriftStatus: 'IN_SYNC' } });
  await expect(one('Fixed')).rejects.toThrow('NotModelled: cloudformation: drift detection of Test::Fixed');
});

test('buckets, parameters and log groups as templates write them are in sync, and what was changed is told by its path', async () => {
  const world = drifting([s3, ssm, cloudWatchLogs]);
  await world.deploy({
    Resources: {
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketName: 'drifting-bucket',
          VersioningConfiguration: { Status: 'Enabled' },
          PublicAccessBlockConfiguration: { BlockPublicAcls: 'true', IgnorePublicAcls: true },
          BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
          Tags: [
            { Key: 'b', Value: '2' },
            { Key: 'a', Value: '1' },
          ],
        },
      },
      Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/drift', Type: 'String', Value: 'one' } },
      Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'drift', RetentionInDays: '7' } },
    },
  });
  expect((await world.detect()).found).toEqual({ Bucket: 'IN_SYNC', Parameter: 'IN_SYNC', Group: 'IN_SYNC' });
  await world.call('s3', 'PutBucketVersioning', { Bucket: 'drifting-bucket', VersioningConfiguration: { Status: 'Suspended' } });
  await world.call('ssm', 'PutParameter', { Name: '/drift', Value: 'two', Overwrite: true });
  await world.call('cloudwatch-logs', 'DeleteRetentionPolicy', { logGroupName: 'drift' });
  const { all } = await world.detect();
  expect(all.map((one) => one.PropertyDifferences)).toMatchObject([
    [{ PropertyPath: '/VersioningConfiguration/Status', ExpectedValue: 'Enabled', ActualValue: 'Suspended' }],
    [{ PropertyPath: '/Value', ExpectedValue: 'one', ActualValue: 'two' }],
    [{ PropertyPath: '/RetentionInDays', ExpectedValue: '7', DifferenceType: 'REMOVE' }],
  ]);
});

test('a stack on its way is not compared', async () => {
  const world = drifting();
  await world.cfn('CreateStack', {
    StackName: 'Site',
    TemplateBody: JSON.stringify(templateOf({ Slow: { Properties: { TakesSeconds: 600 } } })),
  });
  await expect(world.cfn('DetectStackDrift', { StackName: 'Site' })).rejects.toThrow('[CREATE_IN_PROGRESS] state');
});
