import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { Context } from '../../world/context.js';
import { carryOutActions } from './alarm-actions.js';
import { remember } from './alarm-history.js';
import { alarmsIn, ruleHolds } from './alarm-rule.js';
import { anyAlarm, cloudwatchOf, isComposite, type AnyAlarmRecord, type CompositeRecord } from './records.js';

interface Reason {
  readonly text: string;
  readonly data: object | undefined;
}

/** Moves an alarm to a state, writes it into the history, carries out its actions and lets composite alarms over it follow. */
export const setState = async (ctx: Context, record: AnyAlarmRecord, state: StateValue, reason: Reason): Promise<void> => {
  const { alarm } = record;
  const old = { stateValue: alarm.StateValue, stateReason: alarm.StateReason };
  alarm.StateValue = state;
  alarm.StateReason = reason.text;
  alarm.StateReasonData = reason.data === undefined ? undefined : JSON.stringify(reason.data);
  alarm.StateUpdatedTimestamp = ctx.date();
  if (old.stateValue === state) return;
  alarm.StateTransitionedTimestamp = ctx.date();
  const newState = { stateValue: state, stateReason: reason.text, stateReasonData: reason.data };
  const subject = { name: alarm.AlarmName, type: isComposite(record) ? ('CompositeAlarm' as const) : ('MetricAlarm' as const) };
  remember(ctx, subject, 'StateUpdate', `Alarm updated from ${old.stateValue} to ${state}`, { version: '1.0', oldState: old, newState });
  await carryOutActions(ctx, record, { from: old.stateValue, to: state, reason: reason.text, data: reason.data });
  for (const over of cloudwatchOf(ctx).composites.values()) {
    if (alarmsIn(over.rule).some((name) => anyAlarm(ctx, name) === record)) await evaluateComposite(ctx, over);
  }
};

/** Puts a composite alarm into the state that its rule gives it now: ALARM where it holds, OK where not. */
export const evaluateComposite = async (ctx: Context, record: CompositeRecord): Promise<void> => {
  const { rule, alarm } = record;
  const state = ruleHolds(rule, (name) => anyAlarm(ctx, name)?.alarm.StateValue) ? 'ALARM' : 'OK';
  if (state === alarm.StateValue) return;
  const children = alarmsIn(rule).flatMap((name) => anyAlarm(ctx, name)?.alarm ?? []);
  const triggeringAlarms = children
    .filter(({ StateValue }) => StateValue === 'ALARM')
    .map(({ AlarmArn, StateValue, StateUpdatedTimestamp }) => ({
      arn: AlarmArn,
      state: { value: StateValue, timestamp: StateUpdatedTimestamp?.toISOString() },
    }));
  const text = `${alarm.AlarmArn} transitioned to ${state} at ${ctx.date().toUTCString().replace('GMT', 'UTC')}`;
  await setState(ctx, record, state, { text, data: { triggeringAlarms } });
};
