import { describe, expect, test } from '@jest/globals';
import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { dynamodb } from '../../../twin/services/dynamodb/index.js';
import { kms } from '../../../twin/services/kms/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

const simple = {
  TableName: 'leases',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
};
const item = { TableName: 'leases', Item: { id: { S: 'a' } } };

const setUp = () => {
  const world = serviceWorld([dynamodb, kms]);
  const call = <Output>(operation: string, input: object = {}) => world.call<Output>('dynamodb', operation, input);
  const table = async () => (await call<DynamoDB.DescribeTableOutput>('DescribeTable', { TableName: 'leases' })).Table!;
  return { ...world, call, table };
};

describe('a table', () => {
  test('takes items once it is active, and none while it is being created', async () => {
    const { call, table, pass } = setUp();
    const { TableDescription } = await call<DynamoDB.CreateTableOutput>('CreateTable', simple);
    expect(TableDescription).toMatchObject({ TableStatus: 'CREATING', TableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/leases' });
    await expect(call('PutItem', item)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    await expect(call('DeleteTable', { TableName: 'leases' })).rejects.toThrow('Table is being created: leases');
    await pass(20);
    await call('PutItem', item);
    expect(await table()).toMatchObject({ TableStatus: 'ACTIVE', ItemCount: 0, BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } });
    await pass(6 * 3600);
    expect(await table()).toMatchObject({ ItemCount: 1, TableSizeBytes: 3 });
  });

  test('is gone some seconds after its deletion, which its protection refuses', async () => {
    const { call, table, pass } = setUp();
    await call('CreateTable', { ...simple, DeletionProtectionEnabled: true });
    await pass(20);
    await expect(call('DeleteTable', { TableName: 'leases' })).rejects.toThrow('Resource cannot be deleted as it is currently protected');
    await call('UpdateTable', { TableName: 'leases', DeletionProtectionEnabled: false });
    await call('DeleteTable', { TableName: 'leases' });
    expect(await table()).toMatchObject({ TableStatus: 'DELETING' });
    await pass(10);
    await expect(table()).rejects.toThrow('Requested resource not found: Table: leases not found');
    expect(await call('ListTables')).toEqual({ TableNames: [] });
  });

  test('changes its billing mode while it goes on taking items', async () => {
    const { call, table, pass } = setUp();
    await call('CreateTable', simple);
    await pass(20);
    const ProvisionedThroughput = { ReadCapacityUnits: 2, WriteCapacityUnits: 1 };
    await call('UpdateTable', { TableName: 'leases', BillingMode: 'PROVISIONED', ProvisionedThroughput });
    expect(await table()).toMatchObject({ TableStatus: 'UPDATING', ProvisionedThroughput });
    await call('PutItem', item);
    await expect(call('UpdateTable', { TableName: 'leases', BillingMode: 'PAY_PER_REQUEST' })).rejects.toThrow('Table is being updating');
    await pass(60);
    await expect(call('UpdateTable', { TableName: 'leases', ProvisionedThroughput })).rejects.toThrow('will not change');
  });

  test('is recoverable to a point in time from when that was switched on until five minutes ago', async () => {
    const { call, pass, ctx } = setUp();
    await call('CreateTable', simple);
    await pass(20);
    const since = ctx().date();
    await call('UpdateContinuousBackups', { TableName: 'leases', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
    await pass(3600);
    const { ContinuousBackupsDescription } = await call<DynamoDB.DescribeContinuousBackupsOutput>('DescribeContinuousBackups', {
      TableName: 'leases',
    });
    expect(ContinuousBackupsDescription!.PointInTimeRecoveryDescription).toEqual({
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: 35,
      EarliestRestorableDateTime: since,
      LatestRestorableDateTime: new Date(ctx().now() - 300_000),
    });
    await expect(call('DescribeContinuousBackups', { TableName: 'none' })).rejects.toMatchObject({ code: 'TableNotFoundException' });
  });

  test('is encrypted with a key of ours only while that can be used', async () => {
    const { call, world, ctx, table, pass } = setUp();
    const { KeyMetadata } = await ctx().call<{ KeyMetadata: { KeyId: string; Arn: string } }>('kms', 'CreateKey', {});
    const SSESpecification = { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: KeyMetadata.KeyId };
    await call('CreateTable', { ...simple, SSESpecification });
    await pass(20);
    expect((await table()).SSEDescription).toMatchObject({ Status: 'ENABLED', KMSMasterKeyArn: KeyMetadata.Arn });
    await ctx().call('kms', 'DisableKey', { KeyId: KeyMetadata.KeyId });
    await expect(call('CreateTable', { ...simple, TableName: 'other', SSESpecification })).rejects.toThrow('is Disabled');
    expect(world.now()).toBeGreaterThan(0);
  });

  test('is in one region only, and answers nothing when that is lost', async () => {
    const { call, world, ctx, pass } = setUp();
    await call('CreateTable', simple);
    await pass(20);
    await expect(ctx('eu-central-1').call('dynamodb', 'DescribeTable', { TableName: 'leases' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    await world.loseRegion('eu-west-1');
    await expect(call('GetItem', { TableName: 'leases', Key: item.Item })).rejects.toThrow('region eu-west-1 is lost');
  });

  test.each([
    ['a name that is taken', {}, 'Table already exists: leases'],
    [
      'a key nobody defined',
      { TableName: 'other', KeySchema: [{ AttributeName: 'no', KeyType: 'HASH' }] },
      'Some index key attributes are not defined in AttributeDefinitions. Keys: [no]',
    ],
    ['no throughput', { TableName: 'other', BillingMode: undefined }, 'must both be specified when BillingMode is PROVISIONED'],
    ['a stream', { TableName: 'other', StreamSpecification: { StreamEnabled: true } }, 'NotModelled: dynamodb with StreamSpecification'],
    [
      'a definition nothing uses',
      { TableName: 'other', AttributeDefinitions: [...simple.AttributeDefinitions, { AttributeName: 'b', AttributeType: 'S' }] },
      'does not exactly match',
    ],
  ])('is not created with %s', async (_what, changes, message) => {
    const { call } = setUp();
    await call('CreateTable', simple);
    await expect(call('CreateTable', { ...simple, ...changes })).rejects.toThrow(message);
  });
});

describe('as a CloudFormation resource', () => {
  const type = (name: string) => dynamodb.resourceTypes!.find((one) => one.type === `AWS::DynamoDB::${name}`)!;
  const names = { stackName: 's', stackId: 'id', logicalId: 'l', generated: () => 's-l-ABC' };
  const { TableName: _name, ...properties } = simple;
  const made = async (kind: string, given: object) => {
    const world = setUp();
    const operation = world.ctx().operation('stack');
    const { physicalId } = await type(kind).create(given as never, operation, names);
    expect(await type(kind).stable!(physicalId, given as never, operation)).toBeUndefined();
    await operation.completeOperation('stack');
    expect(await type(kind).stable!(physicalId, given as never, operation)).toEqual({ stable: true });
    const describe = async () => (await world.call<DynamoDB.DescribeTableOutput>('DescribeTable', { TableName: physicalId })).Table!;
    return { ...world, operation, physicalId, describe };
  };

  test('a table has its recovery, its time to live and its changes, and is gone when deleted', async () => {
    const wanted = {
      ...properties,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: 'true' },
      TimeToLiveSpecification: { AttributeName: 'until', Enabled: true },
    };
    const { call, operation, physicalId, describe } = await made('Table', wanted);
    expect(await call('DescribeContinuousBackups', { TableName: physicalId })).toMatchObject({
      ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } },
    });
    expect(await call('DescribeTimeToLive', { TableName: physicalId })).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'until' },
    });
    const changed = { ...properties, DeletionProtectionEnabled: false, Tags: [{ Key: 'site', Value: 'dublin' }] };
    const { attributes } = await type('Table').update!(physicalId, changed, wanted, operation, names);
    expect(await call('ListTagsOfResource', { ResourceArn: attributes!.Arn })).toEqual({ Tags: [{ Key: 'site', Value: 'dublin' }] });
    expect(await call('DescribeTimeToLive', { TableName: physicalId })).toMatchObject({
      TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' },
    });
    await type('Table').delete(physicalId, changed, operation);
    expect(await type('Table').gone!(physicalId, operation)).toBe(false);
    await operation.completeOperation('stack');
    expect(await type('Table').gone!(physicalId, operation)).toBe(true);
    await expect(describe()).rejects.toThrow('not found');
  });

  test('a global table with one replica here is a table; with one elsewhere it is refused by name', async () => {
    const Replicas = [{ Region: 'eu-west-1', DeletionProtectionEnabled: true }];
    const { describe, operation } = await made('GlobalTable', { ...properties, Replicas });
    expect(await describe()).toMatchObject({ TableName: 's-l-ABC', DeletionProtectionEnabled: true });
    const both = { ...properties, Replicas: [...Replicas, { Region: 'eu-central-1' }] };
    await expect(type('GlobalTable').create(both as never, operation, names)).rejects.toThrow(
      'AWS::DynamoDB::GlobalTable with replicas in eu-central-1',
    );
  });
});
