import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { checkActions } from './alarm-actions.js';
import { remember } from './alarm-history.js';
import { alarmsIn, parseAlarmRule, type AlarmRule } from './alarm-rule.js';
import { evaluateComposite } from './alarm-transitions.js';
import { alarmArn, anyAlarm, cloudwatchOf, isComposite, missing, type CompositeRecord } from './records.js';

const mostAlarms = 100;
const longestRule = 10_240;

const readRule = (ctx: Context, name: string, text: string | undefined): { text: string; rule: AlarmRule } => {
  if (!text || text !== text.trim())
    throw new AwsError('ValidationError', 'AlarmRule must not contain leading or trailing whitespace or be null');
  if (text.length > longestRule) throw new AwsError('ValidationError', `AlarmRule must not be longer than ${longestRule} characters`);
  const rule = parseAlarmRule(text);
  const alarms = alarmsIn(rule);
  if (alarms.length > mostAlarms) throw new AwsError('ValidationError', `AlarmRule must not reference more than ${mostAlarms} alarms`);
  const absent = alarms.filter((alarm) => !anyAlarm(ctx, alarm));
  if (absent.length > 0)
    throw new AwsError(
      'ValidationError',
      `Could not save the composite alarm as alarms [${absent.join(', ')}] in the alarm rule do not exist`,
    );
  if (reaches(ctx, rule, name))
    throw new AwsError('NotModelled', `NotModelled: cloudwatch composite alarm ${name} with itself in its rule`, { status: 501 });
  return { text, rule };
};

/** Whether an alarm is in a rule, or in that of a composite alarm in it. */
const reaches = (ctx: Context, rule: AlarmRule, name: string): boolean =>
  alarmsIn(rule).some((alarm) => {
    const record = anyAlarm(ctx, alarm);
    return record?.alarm.AlarmName === name || (record !== undefined && isComposite(record) && reaches(ctx, record.rule, name));
  });

export const compositeAlarms = {
  PutCompositeAlarm: async (input, ctx) => {
    accept('cloudwatch.PutCompositeAlarm', input, [
      'AlarmName',
      'AlarmRule',
      'AlarmDescription',
      'ActionsEnabled',
      'OKActions',
      'AlarmActions',
      'InsufficientDataActions',
      'Tags',
    ]);
    const { AlarmName: name, OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = input;
    if (!name) throw missing('AlarmName');
    if (cloudwatchOf(ctx).alarms.has(name)) throw new AwsError('ValidationError', `A metric alarm is already called ${name}`);
    const { text, rule } = readRule(ctx, name, input.AlarmRule);
    checkActions(ctx, OKActions, AlarmActions, InsufficientDataActions);
    const held = cloudwatchOf(ctx).composites.get(name);
    const record: CompositeRecord = {
      alarm: {
        AlarmName: name,
        AlarmArn: alarmArn(ctx, name),
        AlarmRule: text,
        AlarmDescription: input.AlarmDescription,
        ActionsEnabled: input.ActionsEnabled ?? true,
        OKActions,
        AlarmActions,
        InsufficientDataActions,
        AlarmConfigurationUpdatedTimestamp: ctx.date(),
        StateValue: held?.alarm.StateValue ?? 'INSUFFICIENT_DATA',
        StateReason: held?.alarm.StateReason ?? 'Unchecked: Initial alarm creation',
        StateReasonData: held?.alarm.StateReasonData,
        StateUpdatedTimestamp: held?.alarm.StateUpdatedTimestamp ?? ctx.date(),
        StateTransitionedTimestamp: held?.alarm.StateTransitionedTimestamp ?? ctx.date(),
      },
      rule,
      tags: held?.tags ?? input.Tags ?? [],
    };
    remember(ctx, { name, type: 'CompositeAlarm' }, 'ConfigurationUpdate', `Alarm "${name}" ${held ? 'updated' : 'created'}`, {
      version: '1.0',
      type: held ? 'Update' : 'Create',
    });
    cloudwatchOf(ctx).composites.set(name, record);
    await evaluateComposite(ctx, record);
    return {};
  },
} satisfies Operations<typeof CloudWatch>;
