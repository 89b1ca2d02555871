import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import type { Context } from '../../world/context.js';
import { serviceOf, setCapacity } from './capacity.js';
import { scalingRecords, validation, type PolicyRecord, type TargetRecord } from './records.js';

/** What an alarm tells the policy it names among its actions. */
export interface AlarmCall {
  readonly PolicyARN: string;
  readonly AlarmName: string;
  /** The newest value of the alarm's metric, and what it is compared with; absent where the state was set by hand. */
  readonly value?: number | undefined;
  readonly threshold?: number | undefined;
}

const defaultCooldownSeconds = 300;

/**
 * Carries a policy out because an alarm went into ALARM: no operation of AWS's API, but what CloudWatch calls.
 * @throws AwsError with the reason that the alarm's history shows.
 */
export const executePolicy = async ({ PolicyARN, AlarmName, value, threshold }: AlarmCall, ctx: Context): Promise<object> => {
  const policy = ctx.state(scalingRecords).policies.get(PolicyARN);
  if (!policy) throw validation(`No scaling policy found: ${PolicyARN}`);
  if (value === undefined || threshold === undefined) throw validation(`alarm ${AlarmName} carries no value of its metric to scale by`);
  const { target } = policy;
  const current = (await serviceOf(target, ctx))?.desiredCount;
  if (current === undefined) throw validation(`ECS service doesn't exist: ${target.resourceId}`);
  const asked = policy.tracking ? followed(policy.tracking, current, value) : stepped(policy.step!, current, value - threshold);
  const wanted = bounded(target, current, asked);
  const change = wanted - current;
  if (change === 0 || isSuspended(target, change) || isCooling(policy, change, ctx)) return {};
  policy.last = { at: ctx.now(), change };
  await setCapacity(target, wanted, `monitor alarm ${AlarmName} in state ALARM triggered policy ${policy.name}`, ctx);
  return {};
};

/** "In proportion to how far the metric is from the target", rounded so that capacity errs on the large side. */
const followed = (
  { TargetValue: target, DisableScaleIn }: Scaling.TargetTrackingScalingPolicyConfiguration,
  current: number,
  value: number,
): number => {
  const wanted = Math.ceil((current * value) / target!);
  return DisableScaleIn ? Math.max(current, wanted) : wanted;
};

/** The step whose interval holds the distance from the threshold: bounds count the side nearer to it (API reference, "StepAdjustment"). */
const stepped = (
  { AdjustmentType, StepAdjustments = [], MinAdjustmentMagnitude = 1 }: Scaling.StepScalingPolicyConfiguration,
  current: number,
  distance: number,
): number => {
  const step = StepAdjustments.find(({ MetricIntervalLowerBound: low = -Infinity, MetricIntervalUpperBound: high = Infinity }) =>
    distance >= 0 ? distance >= low && distance < high : distance > low && distance <= high,
  );
  const by = step?.ScalingAdjustment ?? 0;
  if (!step || AdjustmentType === 'ChangeInCapacity') return current + by;
  if (AdjustmentType === 'ExactCapacity') return by;
  const share = (current * by) / 100;
  // Towards zero, but at least one ("PercentChangeInCapacity" in the user guide).
  const whole = Math.abs(share) < 1 && share !== 0 ? Math.sign(share) : Math.trunc(share);
  return current + Math.sign(whole) * Math.max(Math.abs(whole), whole === 0 ? 0 : MinAdjustmentMagnitude);
};

/** Within the bounds; a service that somebody set outside of them is not moved the wrong way to get there (ECS guide, "service auto scaling"). */
const bounded = ({ minimum, maximum }: TargetRecord, current: number, asked: number): number => {
  const wanted = Math.min(maximum, Math.max(minimum, asked));
  return Math.sign(wanted - current) === Math.sign(asked - current) ? wanted : current;
};

const isSuspended = ({ suspended }: TargetRecord, change: number): boolean =>
  (change > 0 ? suspended.DynamicScalingOutSuspended : suspended.DynamicScalingInSuspended) ?? false;

/** A cooldown holds back what goes the same way, unless it is larger; scaling out waits for no scaling in (user guide, "Cooldown period"). */
const isCooling = ({ last, step, tracking }: PolicyRecord, change: number, ctx: Context): boolean => {
  if (!last) return false;
  const seconds = step ? step.Cooldown : last.change > 0 ? tracking?.ScaleOutCooldown : tracking?.ScaleInCooldown;
  if (ctx.now() - last.at >= (seconds ?? defaultCooldownSeconds) * 1000) return false;
  if (change > 0) return last.change > 0 && change <= last.change;
  return true;
};
