import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { describeTable } from './describe-table.js';
import { validation } from './errors.js';
import { dynamodbRecords, tableArn, tableNamed, tableNameOf, type TableRecord } from './records.js';
import { readSchema } from './table-schema.js';
import { checkThroughput, encryptionKey } from './table-settings.js';

const inUse = (message: string): AwsError => new AwsError('ResourceInUseException', message, { status: 400 });

const createMembers = [
  ...(['TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'BillingMode'] as const),
  ...(['ProvisionedThroughput', 'SSESpecification', 'Tags', 'TableClass', 'DeletionProtectionEnabled', 'StreamSpecification'] as const),
];

const refuseStreams = (input: { StreamSpecification?: DynamoDB.StreamSpecification | undefined }): void => {
  if (input.StreamSpecification?.StreamEnabled) accept('dynamodb', { StreamSpecification: true }, []);
};

const create = async (input: DynamoDB.CreateTableCommandInput, ctx: Context): Promise<TableRecord> => {
  accept('dynamodb.CreateTable', input, createMembers);
  refuseStreams(input);
  const name = tableNameOf(ctx, input.TableName);
  if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) {
    throw validation(
      `TableName must be at least 3 characters long and at most 255 characters long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.': ${name}`,
    );
  }
  const schema = readSchema(input);
  checkThroughput(input, schema.indexes);
  const kmsKeyArn = await encryptionKey(input.SSESpecification, ctx);
  const { tables } = ctx.state(dynamodbRecords);
  if (tables.has(name)) throw inUse(`Table already exists: ${name}`);
  const table: TableRecord = {
    ...{ name, arn: tableArn(ctx, name), id: freshUuid(ctx, 'dynamodb-table'), createdAt: ctx.date(), ...schema, status: 'CREATING' },
    ...{ billing: input.BillingMode ?? 'PROVISIONED', billingChangedAt: undefined, throughput: input.ProvisionedThroughput },
    ...{ tableClass: input.TableClass, kmsKeyArn, isProtected: input.DeletionProtectionEnabled ?? false },
    ...{ recoverableSince: undefined, recoveryDays: 35, timeToLive: undefined, measured: { at: ctx.now(), items: 0, bytes: 0 } },
    ...{ items: new Map(), tags: new Map((input.Tags ?? []).map(({ Key, Value }) => [Key!, Value!])) },
  };
  tables.set(name, table);
  ctx.after(ctx.takes('dynamodb.create-table'), `table ${name} is active`, () => void (table.status = 'ACTIVE'));
  return table;
};

const updateMembers = [
  ...(['TableName', 'AttributeDefinitions', 'BillingMode', 'ProvisionedThroughput', 'SSESpecification', 'TableClass'] as const),
  ...(['DeletionProtectionEnabled', 'StreamSpecification'] as const),
];

const update = async (input: DynamoDB.UpdateTableCommandInput, ctx: Context): Promise<TableRecord> => {
  accept('dynamodb.UpdateTable', input, updateMembers);
  refuseStreams(input);
  const table = tableNamed(ctx, input.TableName);
  if (table.status !== 'ACTIVE') {
    throw inUse(`Attempt to change a resource which is still in use: Table is being ${table.status.toLowerCase()}: ${table.name}`);
  }
  const { BillingMode, ProvisionedThroughput, SSESpecification, TableClass, DeletionProtectionEnabled } = input;
  const asked = [BillingMode, ProvisionedThroughput, SSESpecification, TableClass, DeletionProtectionEnabled];
  if (asked.every((each) => each === undefined)) {
    throw validation(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates or TableClass is required',
    );
  }
  const billing = BillingMode ?? table.billing;
  if (BillingMode !== undefined || ProvisionedThroughput) {
    const throughput = billing === 'PAY_PER_REQUEST' ? ProvisionedThroughput : (ProvisionedThroughput ?? table.throughput);
    checkThroughput({ BillingMode: billing, ProvisionedThroughput: throughput }, billing === 'PAY_PER_REQUEST' ? [] : table.indexes);
    checkIsChange(table, billing, throughput);
    if (billing !== table.billing) table.billingChangedAt = ctx.date();
    Object.assign(table, { billing, throughput });
    if (billing === 'PAY_PER_REQUEST') for (const index of table.indexes) index.throughput = undefined;
  }
  if (SSESpecification) table.kmsKeyArn = await encryptionKey(SSESpecification, ctx);
  if (TableClass) table.tableClass = TableClass;
  if (DeletionProtectionEnabled !== undefined) table.isProtected = DeletionProtectionEnabled;
  // Deletion protection alone changes at once.
  if (asked.slice(0, 4).some((each) => each !== undefined)) {
    table.status = 'UPDATING';
    ctx.after(ctx.takes('dynamodb.update-table'), `table ${table.name} is active again`, () => {
      if (table.status === 'UPDATING') table.status = 'ACTIVE';
    });
  }
  return table;
};

const checkIsChange = (table: TableRecord, billing: string, throughput: DynamoDB.ProvisionedThroughput | undefined): void => {
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = throughput ?? {};
  if (billing !== table.billing || billing === 'PAY_PER_REQUEST') return;
  if (read !== table.throughput?.ReadCapacityUnits || write !== table.throughput?.WriteCapacityUnits) return;
  throw validation(
    `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${read}. Requested ReadCapacityUnits: ${read}. Current WriteCapacityUnits provisioned for the table: ${write}. Requested WriteCapacityUnits: ${write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
  );
};

const remove = ({ TableName }: DynamoDB.DeleteTableCommandInput, ctx: Context): TableRecord => {
  const table = tableNamed(ctx, TableName);
  if (table.isProtected) {
    throw validation('Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.');
  }
  if (table.status === 'CREATING' || table.status === 'UPDATING') {
    const doing = table.status === 'CREATING' ? 'created' : 'updated';
    throw inUse(`Attempt to change a resource which is still in use: Table is being ${doing}: ${table.name}`);
  }
  if (table.status === 'DELETING') return table;
  table.status = 'DELETING';
  ctx.after(ctx.takes('dynamodb.delete-table'), `table ${table.name} is gone`, (then) => {
    const { tables } = then.state(dynamodbRecords);
    if (tables.get(table.name) === table) tables.delete(table.name);
  });
  return table;
};

export const tableOperations = {
  CreateTable: async (input, ctx) => ({ TableDescription: describeTable(await create(input, ctx), ctx) }),
  UpdateTable: async (input, ctx) => ({ TableDescription: describeTable(await update(input, ctx), ctx) }),
  DeleteTable: (input, ctx) => ({ TableDescription: describeTable(remove(input, ctx), ctx) }),
  DescribeTable: ({ TableName }, ctx) => ({ Table: describeTable(tableNamed(ctx, TableName), ctx) }),
  ListTables: ({ ExclusiveStartTableName: after, Limit = 100 }, ctx) => {
    const names = [...ctx.state(dynamodbRecords).tables.keys()].sort().filter((name) => after === undefined || name > after);
    const found = names.slice(0, Limit);
    return { TableNames: found, ...(names.length > found.length ? { LastEvaluatedTableName: found.at(-1) } : {}) };
  },
} satisfies Operations<typeof DynamoDB>;
