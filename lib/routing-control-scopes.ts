import { allow, byTask, type ActionScope, type Recovered } from './action-scope.js';

/**
 * The sites' routing controls, and no safety rule overridden (Service Authorization Reference, "Route 53 Recovery Cluster"; the condition
 * is put so that a request that does not speak of overriding passes). Nothing, where the object moves traffic.
 */
export const routingControlScopes = ({ settings }: Recovered): ActionScope[] => {
  const known = settings.routingControls?.known;
  if (!known) return [];
  const controls = Object.values(known.controls);
  return [
    allow('LookAtRoutingControls', ['route53-recovery-cluster:GetRoutingControlState'], controls),
    byTask('MoveRoutingControls', ['route53-recovery-cluster:UpdateRoutingControlStates'], controls, {
      BoolIfExists: { 'route53-recovery-cluster:AllowSafetyRulesOverrides': 'false' },
    }),
  ];
};
