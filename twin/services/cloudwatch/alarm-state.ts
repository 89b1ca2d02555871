import type { StateValue } from '@aws-sdk/client-cloudwatch';

export interface Evaluated {
  /** One entry for each period of the evaluation range, oldest first: whether it breaches, or undefined where there is no data. */
  readonly range: readonly (boolean | undefined)[];
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissing: string;
  readonly current: StateValue;
}

/** Periods looked at beyond `EvaluationPeriods`, in case the newest have no data yet (AWS: "evaluation range", five for three). */
export const extraPeriods = 2;

/**
 * The state an alarm goes to (CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data"; its two tables
 * are the test).
 */
export const alarmState = ({ range, evaluationPeriods, datapointsToAlarm, treatMissing, current }: Evaluated): StateValue => {
  const real = range.filter((breaches) => breaches !== undefined);
  const alarm = (breaching: number): StateValue => (breaching >= datapointsToAlarm ? 'ALARM' : 'OK');
  const count = (breaches: readonly boolean[]): number => breaches.filter(Boolean).length;
  if (real.length >= evaluationPeriods) return alarm(count(real.slice(-evaluationPeriods)));
  if (treatMissing === 'breaching') return alarm(count(real) + evaluationPeriods - real.length);
  if (treatMissing === 'notBreaching') return alarm(count(real));
  if (real.length === 0) return treatMissing === 'ignore' ? current : 'INSUFFICIENT_DATA';
  if (real.includes(false) || count(real) >= datapointsToAlarm) return alarm(count(real));
  // Only breaching data, but too few: an alarm once the oldest is old enough, else wait for the next period.
  const age = range.length - range.indexOf(true);
  return treatMissing === 'missing' && age >= datapointsToAlarm ? 'ALARM' : current;
};
