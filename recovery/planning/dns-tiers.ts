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

/** Best first. Both work without any control plane of us-east-1. */
export const dnsTiers = (global: GlobalOutputs | null, look: SwitchLook | null): readonly DnsTier[] => [
  {
    // Amazon Application Recovery Controller, routing control: a cluster has five Regional endpoints (ARC developer guide).
    tier: 'ARC routing controls',
    available: false,
    observed: 'not configured: the global stage deploys no cluster',
    needs: 'a cluster with its routing controls, and its five regional endpoints written down',
  },
  {
    tier: 'health-check switch',
    available: look?.holds ?? 'unknown',
    observed: look?.observed ?? 'nobody looked: this plan was made from its documents alone',
    needs: `a receipt, the fence, S3 of ${global?.switchRegion ?? 'the alternate region'}, and Route 53's health checkers: data planes only`,
  },
];
