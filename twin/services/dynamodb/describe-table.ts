import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import type { Context } from '../../world/context.js';
import { keySchema, type IndexRecord, type TableRecord } from './records.js';
import { sizeOf } from './values.js';

const measuredEvery = 6 * 3600 * 1000;

const measure = (table: TableRecord, ctx: Context): TableRecord['measured'] => {
  if (ctx.now() - table.measured.at >= measuredEvery) {
    const bytes = [...table.items.values()].reduce((sum, item) => sum + sizeOf(item), 0);
    table.measured = { at: ctx.now(), items: table.items.size, bytes };
  }
  return table.measured;
};

const noThroughput = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
const throughputOf = (given: DynamoDB.ProvisionedThroughput | undefined): DynamoDB.ProvisionedThroughputDescription => ({
  NumberOfDecreasesToday: 0,
  ...(given ?? noThroughput),
});

const describeIndex = (table: TableRecord, index: IndexRecord) => ({
  IndexName: index.name,
  IndexArn: `${table.arn}/index/${index.name}`,
  KeySchema: keySchema(index.key),
  Projection: index.projection,
  IndexSizeBytes: 0,
  ItemCount: 0,
  ...(index.isGlobal
    ? { IndexStatus: table.status === 'ACTIVE' ? ('ACTIVE' as const) : table.status, ProvisionedThroughput: throughputOf(index.throughput) }
    : {}),
});

/** As DescribeTable shows it now. */
export const describeTable = (table: TableRecord, ctx: Context): DynamoDB.TableDescription => {
  const { items, bytes } = measure(table, ctx);
  const [global, local] = [true, false].map((isGlobal) =>
    table.indexes.filter((index) => index.isGlobal === isGlobal).map((index) => describeIndex(table, index)),
  ) as [DynamoDB.GlobalSecondaryIndexDescription[], DynamoDB.LocalSecondaryIndexDescription[]];
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: table.id,
    TableStatus: table.status,
    CreationDateTime: table.createdAt,
    AttributeDefinitions: [...table.attributes],
    KeySchema: keySchema(table.key),
    ProvisionedThroughput: throughputOf(table.throughput),
    ItemCount: items,
    TableSizeBytes: bytes,
    DeletionProtectionEnabled: table.isProtected,
    ...(table.billing === 'PAY_PER_REQUEST'
      ? { BillingModeSummary: { BillingMode: table.billing, LastUpdateToPayPerRequestDateTime: table.billingChangedAt ?? table.createdAt } }
      : {}),
    ...(table.tableClass ? { TableClassSummary: { TableClass: table.tableClass } } : {}),
    ...(table.kmsKeyArn ? { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: table.kmsKeyArn } } : {}),
    ...(global.length > 0 ? { GlobalSecondaryIndexes: global } : {}),
    ...(local.length > 0 ? { LocalSecondaryIndexes: local } : {}),
  };
};
