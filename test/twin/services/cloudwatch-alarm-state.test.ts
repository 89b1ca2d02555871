import { expect, test } from '@jest/globals';
import { alarmState } from '../../../twin/services/cloudwatch/alarm-state.js';

const points: Readonly<Record<string, boolean | undefined>> = { '0': false, X: true, '-': undefined };
const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
const states = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
const keep = 'keeps its state';

const table = (datapointsToAlarm: number, rows: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(rows).flatMap(([data, expected]) =>
    treatments.map((treatMissing, at) => [datapointsToAlarm, data, treatMissing, expected[at]!] as const),
  );

// The two tables of "Configuring how CloudWatch alarms treat missing data" (CloudWatch user guide), and the sentence after them.
test.each([
  ...table(3, {
    '0 - X - X': ['OK', 'OK', 'OK', 'OK'],
    '0 - - - -': ['OK', 'OK', 'OK', 'OK'],
    '- - - - -': ['INSUFFICIENT_DATA', keep, 'ALARM', 'OK'],
    '0 X X - X': ['ALARM', 'ALARM', 'ALARM', 'ALARM'],
    '- - X - -': ['ALARM', keep, 'ALARM', 'OK'],
    '- - - - X': [keep, keep, 'ALARM', 'OK'],
  }),
  ...table(2, {
    '0 - X - X': ['ALARM', 'ALARM', 'ALARM', 'ALARM'],
    '0 0 X 0 X': ['ALARM', 'ALARM', 'ALARM', 'ALARM'],
    '0 - X - -': ['OK', 'OK', 'ALARM', 'OK'],
    '- - - - 0': ['OK', 'OK', 'ALARM', 'OK'],
    '- - - X -': ['ALARM', keep, 'ALARM', 'OK'],
  }),
])('with %s of 3 breaching data points to alarm, %s with missing data as %s: %s', (datapointsToAlarm, data, treatMissing, expected) => {
  const range = data.split(' ').map((sign) => points[sign]);
  for (const current of states) {
    const state = alarmState({ range, evaluationPeriods: 3, datapointsToAlarm, treatMissing, current });
    expect(state).toBe(expected === keep ? current : expected);
  }
});
