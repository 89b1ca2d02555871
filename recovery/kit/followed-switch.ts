import { objectSwitch } from './object-switch.js';
import { routingControlSwitch } from './routing-control-switch.js';
import type { SwitchPlace, TrafficSwitch } from './traffic-switch.js';

/** IAM actions that a look needs: without the right to list, an object that is absent is forbidden. */
export const lookAtSwitchIam = ['s3:GetObject', 's3:ListBucket', 'route53-recovery-cluster:GetRoutingControlState'];
export const moveSwitchIam = ['s3:PutObject', 'route53-recovery-cluster:UpdateRoutingControlStates'];

/** What this production's DNS follows, by what its sites published. */
export const followedSwitch = (place: SwitchPlace): TrafficSwitch => {
  const { routingControls } = place.targets.global;
  return routingControls ? routingControlSwitch(place, routingControls) : objectSwitch(place);
};
