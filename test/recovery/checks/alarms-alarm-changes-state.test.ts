import { beforeEach, describe, expect, it } from '@jest/globals';
import { alarmsAlarmChangesState } from '../../../recovery/checks/alarms-alarm-changes-state.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { askCheck } from '../../helpers/step-suite.js';

let world: RecoveryWorld;
const alarm = async (changes: object = {}): Promise<void> => {
  const { alarm: AlarmName, metricNamespace: Namespace, metricName: MetricName } = world.targets.site;
  await world.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName,
    Namespace,
    MetricName,
    Dimensions: [{ Name: 'Site', Value: world.to.name }],
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    ...changes,
  });
  await world.pass(180);
};

beforeEach(() => {
  world = recoveryWorld();
});

describe('alarms.alarm-changes-state', () => {
  it('holds when a published value makes the alarm fire', async () => {
    await alarm();
    expect(await askCheck(alarmsAlarmChangesState, {}, world)).toMatchObject({
      holds: true,
      observed: expect.stringContaining('ALARM since') as unknown,
    });
  });

  it('does not hold for an alarm that watches something else', async () => {
    await alarm({ MetricName: 'SomethingElse' });
    expect(await askCheck(alarmsAlarmChangesState, {}, world)).toMatchObject({ holds: false });
  });

  it('does not hold for an alarm that was firing before', async () => {
    await alarm({ TreatMissingData: 'breaching' });
    expect(await askCheck(alarmsAlarmChangesState, {}, world)).toMatchObject({
      holds: false,
      observed: expect.stringContaining('ALARM since') as unknown,
    });
  });

  it('does not hold where there is no such alarm, and says that it proves no delivery', async () => {
    const answer = await askCheck(alarmsAlarmChangesState, {}, world);
    expect(answer).toMatchObject({ holds: false, observed: 'there is no such alarm' });
    expect(answer.claim).toContain('not proven');
  });
});
