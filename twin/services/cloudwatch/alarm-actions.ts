import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { remember } from './alarm-history.js';
import { notificationOf, subjectOf, type Transition } from './alarm-notification.js';
import { invalidRegion, isComposite, type AnyAlarmRecord } from './records.js';

/** Actions must be in the alarm's own region (PutMetricAlarm, API reference). @throws AwsError */
export const checkActions = (ctx: Context, ...actions: readonly (readonly string[] | undefined)[]): void => {
  for (const action of actions.flatMap((some) => some ?? [])) {
    const region = action.split(':')[3];
    if (!/^arn:aws:[a-z0-9-]+:/.test(action)) throw new AwsError('ValidationError', `Invalid arn syntax: ${action}`);
    if (region !== ctx.region) throw invalidRegion(region ?? '', ctx);
  }
};

/** Carries out what the alarm is to do in its new state, one action after another, and writes down how each went. */
export const carryOutActions = async (ctx: Context, record: AnyAlarmRecord, transition: Transition): Promise<void> => {
  const { alarm } = record;
  if (!alarm.ActionsEnabled) return;
  const all = { OK: alarm.OKActions, ALARM: alarm.AlarmActions, INSUFFICIENT_DATA: alarm.InsufficientDataActions };
  for (const action of all[transition.to] ?? []) {
    const message = notificationOf(ctx, record, transition);
    const error = await failureOf(() => carryOut(ctx, record, action, transition, message));
    const subject = { name: alarm.AlarmName, type: isComposite(record) ? ('CompositeAlarm' as const) : ('MetricAlarm' as const) };
    const summary =
      error === null ? `Successfully executed action ${action}` : `Failed to execute action ${action}. Received error: "${error}"`;
    remember(ctx, subject, 'Action', summary, {
      actionState: error === null ? 'Succeeded' : 'Failed',
      stateUpdateTimestamp: ctx.now(),
      notificationResource: action,
      publishedMessage: message,
      error,
    });
  }
};

/** Why an action failed; null where it did not. */
const failureOf = async (work: () => Promise<unknown>): Promise<string | null> => {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
};

/** Topics are published to and scaling policies carried out: anything else an alarm can start is not modelled, and so fails. */
const carryOut = (ctx: Context, record: AnyAlarmRecord, action: string, transition: Transition, message: object): Promise<unknown> => {
  const { AlarmArn, AlarmName } = record.alarm;
  const keys = { 'aws:SourceArn': AlarmArn, 'aws:SourceAccount': ctx.account, 'aws:SourceOwner': ctx.account };
  const own = ctx.onBehalf('cloudwatch', { name: 'cloudwatch.amazonaws.com', keys });
  if (action.startsWith('arn:aws:sns:')) {
    return own.call('sns', 'Publish', { TopicArn: action, Subject: subjectOf(ctx, record, transition), Message: JSON.stringify(message) });
  }
  if (/^arn:aws:autoscaling:.*:resource\/ecs\//.test(action)) {
    const { recentDatapoints, threshold } = (transition.data ?? {}) as { recentDatapoints?: number[]; threshold?: number };
    const value = recentDatapoints?.at(-1);
    return own.call('application-auto-scaling', 'ExecutePolicy', { PolicyARN: action, AlarmName, value, threshold });
  }
  throw new AwsError('NotModelled', `the twin has nothing that receives ${action}`);
};
