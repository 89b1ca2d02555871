import type { Holds } from '../model/evidence.js';
import type { GlobalOutputs } from '../../lib/contract/outputs.js';

/** One way to move traffic, whether it is to be had, and on what that rests. */
export interface DnsTier {
  readonly tier: string;
  /** `unknown` where nobody looked. */
  readonly available: Holds;
  readonly observed: string;
  readonly needs: string;
}

/** What one look at the switch's bucket gave. */
export interface SwitchLook {
  readonly holds: Holds;
  readonly observed: string;
}

const unlooked = 'nobody looked: this plan was made from its documents alone';

/** Best first. Both work without any control plane of us-east-1; a production's DNS follows one of them, and that is the one looked at. */
export const dnsTiers = (global: GlobalOutputs | null, look: SwitchLook | null): readonly DnsTier[] => {
  const looked = { available: look?.holds ?? 'unknown', observed: look?.observed ?? unlooked };
  const controls = global?.routingControls;
  return [
    {
      // Amazon Application Recovery Controller, routing control: a cluster has five Regional endpoints (ARC developer guide).
      tier: 'ARC routing controls',
      ...(controls ? looked : { available: false, observed: 'not configured: the global stage deploys no cluster' }),
      needs: controls
        ? `a receipt, the fence, S3 of ${global.switchRegion} for the note of who moved, and three of the cluster's endpoints in ${controls.endpoints.map(({ region }) => region).join(', ')}: data planes only`
        : 'a cluster with its routing controls, and its five regional endpoints written down',
    },
    {
      tier: 'health-check switch',
      ...(controls ? { available: false, observed: 'not followed: routing controls move traffic' } : looked),
      needs: `a receipt, the fence, S3 of ${global?.switchRegion ?? 'the alternate region'}, and Route 53's health checkers: data planes only`,
    },
  ];
};
