import type { KnownControls } from '../../lib/contract/routing-control-settings.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Aws } from '../ports/aws.js';

export type ClusterClient = ReturnType<Aws['routingControls']>;

/**
 * Asks a cluster's endpoints in turn until one answers, as AWS would have it: each may be away for a while, three of five are there (ARC
 * developer guide, "Getting and updating routing control states using the ARC API"). The one in the region recovered from is left alone:
 * nothing of a lost region is waited for.
 * @throws RecoveryError `transient` when none answered, with what became of each; whatever an endpoint refuses, all would.
 */
export const askInTurn = async <Answer>(
  aws: Aws,
  { endpoints }: KnownControls,
  lostRegion: string,
  ask: (endpoint: ClusterClient) => Promise<Answer>,
): Promise<Answer & { readonly answeredIn: string }> => {
  const silent: string[] = [];
  for (const { region, url } of endpoints.filter((endpoint) => endpoint.region !== lostRegion)) {
    try {
      return { ...(await ask(aws.routingControls(region, url))), answeredIn: region };
    } catch (error) {
      if (!(error instanceof RecoveryError) || error.kind !== 'transient') throw error;
      silent.push(`${region}: ${error.message}`);
    }
  }
  throw new RecoveryError('transient', 'no-endpoint', `no endpoint of the cluster answered; ${silent.join('; ')}`);
};
