import type { AlarmType, HistoryItemType } from '@aws-sdk/client-cloudwatch';
import type { Context } from '../../world/context.js';
import { cloudwatchOf } from './records.js';

/** Writes down what happened to an alarm. */
export const remember = (
  ctx: Context,
  { name, type = 'MetricAlarm' }: { name: string; type?: AlarmType },
  kind: HistoryItemType,
  summary: string,
  data: object,
): void => {
  cloudwatchOf(ctx).history.push({
    AlarmName: name,
    AlarmType: type,
    Timestamp: ctx.date(),
    HistoryItemType: kind,
    HistorySummary: summary,
    HistoryData: JSON.stringify(data),
  });
};
