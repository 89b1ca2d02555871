import type { JudgedStack } from '../../lib/portability/judged.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RegionAws } from '../ports/region-aws.js';

/** What a region must offer or have for a stack to be built there. */
export interface Probe {
  /** Reads as a claim: `region-offers-instance-class`. */
  readonly id: string;
  readonly summary: string;
  /** Names of what the region is to be asked for, each with the construct that wants it. */
  wants(stack: JudgedStack): readonly Wanted[];
  /** Why the region cannot give one of them; undefined: it can. Asks, and changes nothing. */
  lacks(wanted: Wanted, region: string, aws: RegionAws): Promise<string | undefined>;
}
export interface Wanted {
  readonly path: string;
  readonly name: string;
}

/** What `stack` would find missing in `region`. No answer is an answer too: that it could not be told. */
export const probed = async (
  probe: Probe,
  stack: JudgedStack,
  region: string,
  aws: RegionAws,
): Promise<{ rule: string; path: string; reason: string }[]> => {
  const wanted = [...new Map(probe.wants(stack).map((one) => [`${one.path} ${one.name}`, one])).values()];
  const found = await Promise.all(
    wanted.map(async (one) => {
      const why = await probe.lacks(one, region, aws).catch((error: unknown) => {
        if (!(error instanceof RecoveryError) || error.kind === 'bug') throw error;
        return `whether ${region} has ${one.name} could not be told: ${error.message}`;
      });
      return why === undefined ? [] : [{ rule: probe.id, path: one.path, reason: why }];
    }),
  );
  return found.flat();
};
