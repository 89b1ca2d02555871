import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import { validation } from './errors.js';
import type { Item } from './values.js';

/** Attribute names of a key: the second only where there is a sort key. */
export interface KeyNames {
  readonly hash: string;
  readonly range: string | undefined;
}
export interface IndexRecord {
  readonly name: string;
  readonly isGlobal: boolean;
  readonly key: KeyNames;
  readonly projection: DynamoDB.Projection;
  throughput: DynamoDB.ProvisionedThroughput | undefined;
}
export interface TableRecord {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly createdAt: Date;
  readonly attributes: readonly DynamoDB.AttributeDefinition[];
  readonly key: KeyNames;
  readonly indexes: readonly IndexRecord[];
  status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
  billing: DynamoDB.BillingMode;
  billingChangedAt: Date | undefined;
  throughput: DynamoDB.ProvisionedThroughput | undefined;
  tableClass: DynamoDB.TableClass | undefined;
  /** ARN of the KMS key; absent: the key is AWS's own. */
  kmsKeyArn: string | undefined;
  isProtected: boolean;
  /** Since when point-in-time recovery is on. */
  recoverableSince: Date | undefined;
  recoveryDays: number;
  timeToLive: { attribute: string; status: DynamoDB.TimeToLiveStatus } | undefined;
  /** "DynamoDB updates this value approximately every six hours" (API reference, `ItemCount`). */
  measured: { at: number; items: number; bytes: number };
  /** By the text of their key. */
  readonly items: Map<string, Item>;
  readonly tags: Map<string, string>;
}

export const dynamodbRecords = regional('dynamodb', () => ({
  tables: new Map<string, TableRecord>(),
  /** Answers of TransactWriteItems by client token, for ten minutes. */
  transactions: new Map<string, { request: string; at: number }>(),
}));

export const tableArn = (ctx: Context, name: string): string => `arn:aws:dynamodb:${ctx.region}:${ctx.account}:table/${name}`;

/** Requests name a table by name or by ARN (API reference, `TableName`). */
export const tableNameOf = (ctx: Context, nameOrArn: string | undefined): string => {
  if (nameOrArn === undefined || nameOrArn === '') {
    throw validation("1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null");
  }
  const arn = /^arn:aws:dynamodb:([^:]+):(\d{12}):table\/([^/]+)$/.exec(nameOrArn);
  if (!arn) return nameOrArn;
  if (arn[1] !== ctx.region || arn[2] !== ctx.account) {
    throw new AwsError('NotModelled', `NotModelled: dynamodb table of another account or region: ${nameOrArn}`, { status: 501 });
  }
  return arn[3]!;
};

export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message, { status: 400 });

/** A table as the control plane knows it. @throws AwsError ResourceNotFoundException */
export const tableNamed = (ctx: Context, nameOrArn: string | undefined): TableRecord => {
  const name = tableNameOf(ctx, nameOrArn);
  const found = ctx.state(dynamodbRecords).tables.get(name);
  if (!found) throw notFound(`Requested resource not found: Table: ${name} not found`);
  return found;
};

/** A table that takes items: one that is still being created is not there for the data plane. @throws AwsError ResourceNotFoundException */
export const readyTable = (ctx: Context, nameOrArn: string | undefined): TableRecord => {
  const found = ctx.state(dynamodbRecords).tables.get(tableNameOf(ctx, nameOrArn));
  if (!found || found.status === 'CREATING' || found.status === 'DELETING') throw notFound('Requested resource not found');
  return found;
};

export const keyNames = (schema: readonly DynamoDB.KeySchemaElement[] | undefined): KeyNames => ({
  hash: schema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '',
  range: schema?.find(({ KeyType }) => KeyType === 'RANGE')?.AttributeName,
});

export const keySchema = ({ hash, range }: KeyNames): DynamoDB.KeySchemaElement[] => [
  { AttributeName: hash, KeyType: 'HASH' },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' as const }]),
];
