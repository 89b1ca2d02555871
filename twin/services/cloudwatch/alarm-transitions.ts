import type { HistoryItemType, StateValue } from '@aws-sdk/client-cloudwatch';
import type { Context } from '../../world/context.js';
import { cloudwatchOf, type AlarmRecord } from './records.js';

export const remember = (ctx: Context, name: string, type: HistoryItemType, summary: string, data: object): void => {
  cloudwatchOf(ctx).history.push({
    AlarmName: name,
    AlarmType: 'MetricAlarm',
    Timestamp: ctx.date(),
    HistoryItemType: type,
    HistorySummary: summary,
    HistoryData: JSON.stringify(data),
  });
};

/** Moves an alarm to a state, writes it into the history and tries its actions. */
export const setState = (
  ctx: Context,
  record: AlarmRecord,
  state: StateValue,
  reason: { text: string; data: object | undefined },
): void => {
  const { alarm } = record;
  const old = { stateValue: alarm.StateValue, stateReason: alarm.StateReason };
  const moved = state !== alarm.StateValue;
  alarm.StateValue = state;
  alarm.StateReason = reason.text;
  alarm.StateReasonData = reason.data === undefined ? undefined : JSON.stringify(reason.data);
  alarm.StateUpdatedTimestamp = ctx.date();
  if (!moved) return;
  alarm.StateTransitionedTimestamp = ctx.date();
  const newState = { stateValue: state, stateReason: reason.text, stateReasonData: reason.data };
  remember(ctx, alarm.AlarmName, 'StateUpdate', `Alarm updated from ${old.stateValue} to ${state}`, {
    version: '1.0',
    oldState: old,
    newState,
  });
  if (alarm.ActionsEnabled) tryActions(ctx, record, state);
};

/** Nothing that an alarm can call is modelled yet, so every attempt is on record as failed and nobody is told. */
const tryActions = (ctx: Context, { alarm }: AlarmRecord, state: StateValue): void => {
  const actions = { OK: alarm.OKActions, ALARM: alarm.AlarmActions, INSUFFICIENT_DATA: alarm.InsufficientDataActions }[state] ?? [];
  for (const action of actions) {
    const data = {
      actionState: 'Failed',
      stateUpdateTimestamp: ctx.now(),
      notificationResource: action,
      error: 'the twin has nothing that receives alarm actions',
    };
    remember(ctx, alarm.AlarmName, 'Action', `Failed to execute action ${action}`, data);
  }
};
