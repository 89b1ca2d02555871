/** Health checks that follow a routing control: they read the cluster's agreed state, which no lost endpoint changes. */
import type * as R53 from '@aws-sdk/client-route-53';
import type { Context } from '../../world/context.js';
import { need } from '../members.js';
import { recoveryControl } from '../route53-recovery-cluster/records.js';
import type { CheckedEndpoint } from './health-status.js';
import { invalidInput } from './records.js';

/** @throws AwsError InvalidInput for a routing control that is not there. */
export const mustFollowControl = ({ RoutingControlArn }: R53.HealthCheckConfig, ctx: Context): void => {
  const arn = need(RoutingControlArn, 'RoutingControlArn', 'InvalidInput');
  if (!ctx.state(recoveryControl).controls.has(arn)) throw invalidInput(`The routing control ${arn} could not be found.`);
};

/** Brings the check's health up to date with the routing control; one that was deleted leaves it as it was. */
export const followControl = (check: CheckedEndpoint, ctx: Context): void => {
  const control = ctx.state(recoveryControl).controls.get(check.config.RoutingControlArn ?? '');
  if (control) check.isUp = control.state === 'On';
};
