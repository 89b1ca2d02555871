import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { recoveryControl, type RoutingControlRecord, type SafetyRuleRecord } from './records.js';

type State = RoutingControlRecord['state'];

/** Whether a rule holds where `on` of its controls are on. */
const holds = ({ type, threshold, inverted, assertedControls }: SafetyRuleRecord, on: number): boolean => {
  const met = type === 'AND' ? on === assertedControls.length : on >= (type === 'OR' ? 1 : threshold);
  return met !== inverted;
};

/**
 * Refuses a change after which an assertion rule would not hold, and one within a rule's wait period of the last.
 * The answer names the rule, so that it can be overridden (ARC developer guide, "Overriding safety rules to reroute traffic").
 * @throws AwsError ConflictException
 */
export const mustBeSafe = (changes: ReadonlyMap<string, State>, overridden: readonly string[], ctx: Context): void => {
  const { rules, controls } = ctx.state(recoveryControl);
  for (const rule of rules.values()) {
    if (overridden.includes(rule.arn) || !rule.assertedControls.some((arn) => changes.has(arn))) continue;
    const refuse = (why: string): never => {
      throw new AwsError('ConflictException', `The safety rule ${rule.arn} (${rule.name}) does not allow this change: ${why}`, {
        fields: { resourceType: 'safety rule', resourceId: rule.arn },
      });
    };
    const asserted = rule.assertedControls.flatMap((arn) => controls.get(arn) ?? []);
    const last = Math.max(...asserted.map(({ changedAt }) => changedAt ?? -Infinity));
    if (ctx.now() - last < rule.waitPeriodMs) refuse(`its wait period of ${rule.waitPeriodMs} ms is not over`);
    const on = asserted.filter(({ arn, state }) => (changes.get(arn) ?? state) === 'On').length;
    if (!holds(rule, on)) refuse(`${on} of ${asserted.length} routing controls would be on`);
  }
};
