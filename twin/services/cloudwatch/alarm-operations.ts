import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { remember } from './alarm-history.js';
import { alarmsIn } from './alarm-rule.js';
import { setState } from './alarm-transitions.js';
import { anyAlarm, cloudwatchOf, isComposite, missing, type AnyAlarmRecord } from './records.js';

const badToken = (): AwsError => new AwsError('InvalidNextToken', 'The next token specified is invalid.');

const alarmNamed = (ctx: Context, name: string | undefined): AnyAlarmRecord => {
  const found = cloudwatchOf(ctx).alarms.get(name ?? '') ?? cloudwatchOf(ctx).composites.get(name ?? '');
  if (!found) throw new AwsError('ResourceNotFound', 'Alarm not found');
  return found;
};
const alarmAt = (ctx: Context, arn: string | undefined): AnyAlarmRecord => {
  const found = arn?.startsWith('arn:') ? anyAlarm(ctx, arn) : undefined;
  if (!found) throw new AwsError('ResourceNotFoundException', `Unable to find resource ${arn}`);
  return found;
};

/** What a composite alarm's rule speaks of cannot go before it. */
const checkDeletable = (ctx: Context, names: readonly string[]): void => {
  const records = names.map((name) => alarmNamed(ctx, name));
  const composites = records.filter(isComposite);
  if (composites.length > 0 && records.length > 1)
    throw new AwsError('ValidationError', 'A composite alarm has to be deleted by itself: other alarms are in the same request.');
  const needed = records.filter((record) =>
    [...cloudwatchOf(ctx).composites.values()].some((over) => alarmsIn(over.rule).some((name) => anyAlarm(ctx, name) === record)),
  );
  if (needed.length === 0) return;
  const subject = needed.map(({ alarm }) => alarm.AlarmName).join(',');
  throw new AwsError(
    'ValidationError',
    `Cannot delete ${subject} as there are composite alarm(s) depending on ${needed.length > 1 ? 'them' : 'it'}.`,
  );
};

export const alarmOperations = {
  DescribeAlarms: (input, ctx) => {
    accept('cloudwatch.DescribeAlarms', input, [
      'AlarmNames',
      'AlarmNamePrefix',
      'AlarmTypes',
      'StateValue',
      'ActionPrefix',
      'MaxRecords',
      'NextToken',
    ]);
    // Who does not say which types is shown metric alarms only (DescribeAlarms, API reference).
    const types = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
    const { alarms, composites } = cloudwatchOf(ctx);
    const all = [
      ...(types.includes('MetricAlarm') ? alarms.values() : []),
      ...(types.includes('CompositeAlarm') ? composites.values() : []),
    ] as AnyAlarmRecord[];
    const found = all
      .filter(({ alarm }) => !input.AlarmNames?.length || input.AlarmNames.includes(alarm.AlarmName))
      .filter(({ alarm }) => alarm.AlarmName.startsWith(input.AlarmNamePrefix ?? ''))
      .filter(({ alarm }) => input.StateValue === undefined || alarm.StateValue === input.StateValue)
      .filter(({ alarm }) => input.ActionPrefix === undefined || alarm.AlarmActions?.some((one) => one.startsWith(input.ActionPrefix!)))
      .sort((one, other) => (one.alarm.AlarmName < other.alarm.AlarmName ? -1 : 1));
    const { items, next } = page(found, { token: input.NextToken, most: input.MaxRecords ?? 50 }, badToken);
    return {
      MetricAlarms: items.flatMap((record) => (isComposite(record) ? [] : [{ ...record.alarm }])),
      CompositeAlarms: items.flatMap((record) => (isComposite(record) ? [{ ...record.alarm }] : [])),
      NextToken: next,
    };
  },
  DeleteAlarms: ({ AlarmNames = [] }, ctx) => {
    checkDeletable(ctx, AlarmNames);
    for (const name of AlarmNames) {
      const type = cloudwatchOf(ctx).composites.delete(name) ? 'CompositeAlarm' : 'MetricAlarm';
      cloudwatchOf(ctx).alarms.delete(name);
      remember(ctx, { name, type }, 'ConfigurationUpdate', `Alarm "${name}" deleted`, { version: '1.0', type: 'Delete' });
    }
    return {};
  },
  SetAlarmState: async ({ AlarmName, StateValue, StateReason, StateReasonData }, ctx) => {
    const record = alarmNamed(ctx, AlarmName);
    if (StateReason === undefined || StateValue === undefined) throw missing(StateValue === undefined ? 'StateValue' : 'StateReason');
    const data = StateReasonData === undefined ? undefined : reasonData(StateReasonData);
    await setState(ctx, record, StateValue, { text: StateReason, data });
    return {};
  },
  EnableAlarmActions: ({ AlarmNames = [] }, ctx) => {
    for (const name of AlarmNames) alarmNamed(ctx, name).alarm.ActionsEnabled = true;
    return {};
  },
  DisableAlarmActions: ({ AlarmNames = [] }, ctx) => {
    for (const name of AlarmNames) alarmNamed(ctx, name).alarm.ActionsEnabled = false;
    return {};
  },
  DescribeAlarmHistory: (input, ctx) => {
    accept('cloudwatch.DescribeAlarmHistory', input, [
      'AlarmName',
      'AlarmTypes',
      'HistoryItemType',
      'StartDate',
      'EndDate',
      'MaxRecords',
      'NextToken',
      'ScanBy',
    ]);
    const types = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
    const found = cloudwatchOf(ctx)
      .history.filter(({ AlarmName }) => input.AlarmName === undefined || AlarmName === input.AlarmName)
      .filter(({ HistoryItemType }) => input.HistoryItemType === undefined || HistoryItemType === input.HistoryItemType)
      .filter(({ AlarmType }) => types.includes(AlarmType!))
      .filter(
        ({ Timestamp }) => Timestamp >= (input.StartDate ?? new Date(0)) && (input.EndDate === undefined || Timestamp <= input.EndDate),
      );
    if (input.ScanBy !== 'TimestampAscending') found.reverse();
    const { items, next } = page(found, { token: input.NextToken, most: input.MaxRecords ?? 50 }, badToken);
    return { AlarmHistoryItems: items, NextToken: next };
  },
  TagResource: ({ ResourceARN, Tags = [] }, ctx) => {
    const record = alarmAt(ctx, ResourceARN);
    record.tags = [...record.tags.filter(({ Key }) => !Tags.some((tag) => tag.Key === Key)), ...Tags];
    return {};
  },
  UntagResource: ({ ResourceARN, TagKeys = [] }, ctx) => {
    const record = alarmAt(ctx, ResourceARN);
    record.tags = record.tags.filter(({ Key }) => !TagKeys.includes(Key ?? ''));
    return {};
  },
  ListTagsForResource: ({ ResourceARN }, ctx) => ({ Tags: alarmAt(ctx, ResourceARN).tags }),
} satisfies Operations<typeof CloudWatch>;

const reasonData = (text: string): object => {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw new AwsError('InvalidFormatFault', 'StateReasonData must be valid JSON.');
  }
};
