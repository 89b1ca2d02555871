import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { ProvisionedResource, ResourceProperties, ResourceType } from '../service.js';
import { readProperties, type TemplateProperties } from '../template-properties.js';
import { replicaProperties } from './global-table.js';
import { createInput, isOn, tableProperties, updateInput } from './template-table.js';

const call = <Output = object>(ctx: Context, operation: string, input: object): Promise<Output> =>
  ctx.call<Output>('dynamodb', operation, input);

/** Point-in-time recovery, time to live and the like, which the API sets by calls of their own once the table is there. */
const setExtras = async (name: string, read: TemplateProperties, previous: TemplateProperties | undefined, ctx: Context): Promise<void> => {
  const recovery = (of: TemplateProperties | undefined) =>
    of?.raw('PointInTimeRecoverySpecification') as Record<string, unknown> | undefined;
  if (JSON.stringify(recovery(read)) !== JSON.stringify(recovery(previous))) {
    const { PointInTimeRecoveryEnabled, RecoveryPeriodInDays } = recovery(read) ?? {};
    await call(ctx, 'UpdateContinuousBackups', {
      TableName: name,
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: isOn(PointInTimeRecoveryEnabled),
        ...(RecoveryPeriodInDays === undefined ? {} : { RecoveryPeriodInDays: Number(RecoveryPeriodInDays) }),
      },
    });
  }
  const timeToLive = (of: TemplateProperties | undefined) => of?.raw('TimeToLiveSpecification') as Record<string, unknown> | undefined;
  if (JSON.stringify(timeToLive(read)) === JSON.stringify(timeToLive(previous))) return;
  const { AttributeName, Enabled } = timeToLive(read) ?? { ...timeToLive(previous), Enabled: false };
  const { TimeToLiveDescription: now } = await call<DynamoDB.DescribeTimeToLiveOutput>(ctx, 'DescribeTimeToLive', { TableName: name });
  if (isOn(Enabled) === (now?.TimeToLiveStatus === 'ENABLED')) return;
  await call(ctx, 'UpdateTimeToLive', { TableName: name, TimeToLiveSpecification: { AttributeName, Enabled: isOn(Enabled) } });
};

const provisioned = (table: DynamoDB.TableDescription | undefined): ProvisionedResource => ({
  physicalId: table!.TableName!,
  attributes: { Arn: table!.TableArn, TableId: table!.TableId },
});

const checkSameIndexes = (type: string, read: TemplateProperties, previous: TemplateProperties): void => {
  for (const name of ['GlobalSecondaryIndexes', 'AttributeDefinitions']) {
    if (JSON.stringify(read.raw(name)) === JSON.stringify(previous.raw(name))) continue;
    throw new AwsError('NotModelled', `NotModelled: an update of ${type} that changes ${name}: the twin does not have this`, {
      status: 501,
    });
  }
};

const syncTags = async (arn: string, read: TemplateProperties, previous: TemplateProperties, ctx: Context): Promise<void> => {
  const tags = read.tags() ?? [];
  const gone = (previous.tags() ?? []).map(({ Key }) => Key).filter((key) => !tags.some(({ Key }) => Key === key));
  if (gone.length > 0) await call(ctx, 'UntagResource', { ResourceArn: arn, TagKeys: gone });
  if (tags.length > 0) await call(ctx, 'TagResource', { ResourceArn: arn, Tags: tags });
};

/** A table, out of the properties that `propertiesOf` finds in a template. */
const tableType = (type: string, propertiesOf: (given: ResourceProperties, ctx: Context) => ResourceProperties): ResourceType => {
  const read = (given: ResourceProperties, ctx: Context): TemplateProperties =>
    readProperties(type, propertiesOf(given, ctx), tableProperties);
  const describe = async (name: string, ctx: Context) =>
    (await call<DynamoDB.DescribeTableOutput>(ctx, 'DescribeTable', { TableName: name })).Table;
  return {
    type,
    replacedOn: ['TableName', 'KeySchema', 'LocalSecondaryIndexes'],
    holdsData: true,
    create: async (given, ctx, names) => {
      const properties = read(given, ctx);
      const name = properties.text('TableName') ?? names.generated(255);
      return provisioned((await call<DynamoDB.CreateTableOutput>(ctx, 'CreateTable', createInput(properties, name))).TableDescription);
    },
    stable: async (name, given, ctx) => {
      const table = await describe(name, ctx);
      if (table?.TableStatus !== 'ACTIVE') return undefined;
      const { ContinuousBackupsDescription: backups } = await call<DynamoDB.DescribeContinuousBackupsOutput>(
        ctx,
        'DescribeContinuousBackups',
        {
          TableName: name,
        },
      );
      // A new table takes these only once it is active.
      const isNew = backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'DISABLED';
      if (isNew) await setExtras(name, read(given, ctx), undefined, ctx);
      return { stable: true };
    },
    update: async (name, given, before, ctx) => {
      const [properties, previous] = [read(given, ctx), read(before, ctx)];
      checkSameIndexes(type, properties, previous);
      const changes = updateInput(properties, previous);
      if (Object.keys(changes).length > 0) await call(ctx, 'UpdateTable', { TableName: name, ...changes });
      await setExtras(name, properties, previous, ctx);
      const table = await describe(name, ctx);
      await syncTags(table!.TableArn!, properties, previous, ctx);
      return provisioned(table);
    },
    delete: async (name, _given, ctx) => {
      await call(ctx, 'DeleteTable', { TableName: name }).catch(goneAlready);
    },
    gone: async (name, ctx) => (await describe(name, ctx).catch(goneAlready)) === undefined,
  };
};

const goneAlready = (error: unknown): undefined => {
  if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
  return undefined;
};

/** CloudFormation types that DynamoDB backs. */
export const resourceTypes: readonly ResourceType[] = [
  tableType('AWS::DynamoDB::Table', (given) => given),
  tableType('AWS::DynamoDB::GlobalTable', (given, ctx) => replicaProperties(given, ctx)),
];
