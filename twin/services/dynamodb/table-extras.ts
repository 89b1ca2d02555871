import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { invalid, validation } from './errors.js';
import { notFound, tableNamed, type TableRecord } from './records.js';

const tableAt = (ctx: Context, arn: string | undefined): TableRecord => {
  if (!arn?.startsWith('arn:')) throw validation(`Invalid TableArn: ${arn} is not a valid ARN`);
  try {
    return tableNamed(ctx, arn);
  } catch (error) {
    throw error instanceof AwsError && error.code === 'ResourceNotFoundException'
      ? notFound(`Requested resource not found: ResourcArn: ${arn} not found`)
      : error;
  }
};
/** Backup operations name their missing table in their own way. */
const backedUpTable = (ctx: Context, name: string | undefined): TableRecord => {
  try {
    return tableNamed(ctx, name);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
    throw new AwsError('TableNotFoundException', `Table not found: ${name}`, { status: 400 });
  }
};

/** Continuous backups are always on; point-in-time recovery is what a table has or has not (API reference, "ContinuousBackupsDescription"). */
const backupsOf = ({ recoverableSince, recoveryDays }: TableRecord, ctx: Context): DynamoDB.ContinuousBackupsDescription => {
  if (!recoverableSince)
    return { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' } };
  const oldest = Math.max(recoverableSince.getTime(), ctx.now() - recoveryDays * 86_400_000);
  // "LatestRestorableDateTime is typically 5 minutes before the current time."
  const newest = Math.max(oldest, ctx.now() - 5 * 60_000);
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: recoveryDays,
      EarliestRestorableDateTime: new Date(oldest),
      LatestRestorableDateTime: new Date(newest),
    },
  };
};

const setRecovery = (input: DynamoDB.UpdateContinuousBackupsCommandInput, ctx: Context): TableRecord => {
  const table = backedUpTable(ctx, input.TableName);
  const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days } = input.PointInTimeRecoverySpecification ?? {};
  if (days !== undefined && (days < 1 || days > 35)) throw invalid(`RecoveryPeriodInDays must be between 1 and 35: ${days}`);
  if (table.status === 'CREATING') {
    throw new AwsError('ContinuousBackupsUnavailableException', 'Backups are being enabled for the table. Please retry later', {
      status: 400,
    });
  }
  table.recoverableSince = enabled ? (table.recoverableSince ?? ctx.date()) : undefined;
  table.recoveryDays = days ?? table.recoveryDays;
  return table;
};

const setTimeToLive = (input: DynamoDB.UpdateTimeToLiveCommandInput, ctx: Context): DynamoDB.TimeToLiveSpecification => {
  const table = tableNamed(ctx, input.TableName);
  const { AttributeName: attribute = '', Enabled: enabled = false } = input.TimeToLiveSpecification ?? {};
  const isOn = table.timeToLive !== undefined;
  if (enabled === isOn) throw validation(`TimeToLive is already ${isOn ? 'enabled' : 'disabled'}`);
  if (isOn && table.timeToLive!.attribute !== attribute) {
    throw validation(`TimeToLive is active on a different AttributeName: current AttributeName is ${table.timeToLive!.attribute}`);
  }
  table.timeToLive = enabled ? { attribute, status: 'ENABLED' } : undefined;
  return { AttributeName: attribute, Enabled: enabled };
};

export const extraOperations = {
  DescribeContinuousBackups: ({ TableName }, ctx) => ({
    ContinuousBackupsDescription: backupsOf(backedUpTable(ctx, TableName), ctx),
  }),
  UpdateContinuousBackups: (input, ctx) => {
    accept('dynamodb.UpdateContinuousBackups', input, ['TableName', 'PointInTimeRecoverySpecification']);
    return { ContinuousBackupsDescription: backupsOf(setRecovery(input, ctx), ctx) };
  },
  DescribeTimeToLive: ({ TableName }, ctx) => {
    const { timeToLive } = tableNamed(ctx, TableName);
    return {
      TimeToLiveDescription: timeToLive
        ? { TimeToLiveStatus: timeToLive.status, AttributeName: timeToLive.attribute }
        : { TimeToLiveStatus: 'DISABLED' as const },
    };
  },
  UpdateTimeToLive: (input, ctx) => ({ TimeToLiveSpecification: setTimeToLive(input, ctx) }),
  TagResource: ({ ResourceArn, Tags = [] }, ctx) => {
    const { tags } = tableAt(ctx, ResourceArn);
    for (const { Key, Value } of Tags) tags.set(Key!, Value!);
    return {};
  },
  UntagResource: ({ ResourceArn, TagKeys = [] }, ctx) => {
    const { tags } = tableAt(ctx, ResourceArn);
    for (const key of TagKeys) tags.delete(key);
    return {};
  },
  ListTagsOfResource: ({ ResourceArn }, ctx) => ({ Tags: [...tableAt(ctx, ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })) }),
} satisfies Operations<typeof DynamoDB>;
