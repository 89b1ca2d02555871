import type { Instant } from '../model/time.js';
import type { Aws } from '../ports/aws.js';
import type { Clock } from '../ports/clock.js';
import type { Governor } from './governor.js';
import { governedAws, type Prepaid } from './governed-aws.js';
import { sharedLooks } from './shared-looks.js';
import type { Reach, World } from './step-context.js';

/** A world in which teams may each have an AWS of their own. */
export interface TeamsWorld extends World {
  /** AWS as the tasks of a team call it; absent: as everybody does. */
  readonly awsOf?: (team: string) => Aws;
}

/** What a move of a team's task may speak to: its calls share the governor with everybody's, its looks those of whoever calls as it does. */
export const teamReach = (
  world: TeamsWorld,
  governor: Governor,
  clock: Clock,
  takenUpAt: Instant,
): ((team: string, prepaid: Prepaid | null) => Reach) => {
  const shared = new Map<Aws, Reach>();
  return (team, prepaid) => {
    const aws = world.awsOf?.(team) ?? world.aws;
    let reach = shared.get(aws);
    if (!reach) {
      const governed = governedAws(aws, governor, clock, null);
      reach = { aws: governed, network: world.network, look: sharedLooks(governed), takenUpAt };
      shared.set(aws, reach);
    }
    return prepaid ? { ...reach, aws: governedAws(aws, governor, clock, prepaid) } : reach;
  };
};
