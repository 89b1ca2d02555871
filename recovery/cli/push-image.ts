import type { Settings } from '../../lib/contract/settings.js';
import { RecoveryError } from '../model/recovery-error.js';

/** Into the primary's registry, as `altsite twin push` does; from there it is replicated. */
export const pushImage = async (twin: string, { web, sites }: Settings): Promise<string> => {
  const { region } = sites.primary;
  const response = await fetch(`${twin}/_twin/images`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ image: web.image, region }),
  });
  if (!response.ok)
    throw new RecoveryError(
      'rejected',
      'not-pushed',
      `the twin did not take web.image of the settings into the registry in ${region}: ${await response.text()}`,
    );
  return `push   ${web.image} to ${region}`;
};
