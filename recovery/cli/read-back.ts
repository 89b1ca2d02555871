import type { Settings } from '../../lib/contract/settings.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Network } from '../ports/network.js';
import { byHand } from './by-hand.js';

/** Every order the site that answers by name holds, read over HTTPS page by page. */
export const readBack = async (network: Network, settings: Settings): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>();
  for (let after: string | null = ''; after !== null;) {
    const { status, body } = await network.https({
      host: settings.webName,
      port: settings.web.listenerPort,
      path: `/orders?after=${encodeURIComponent(after)}`,
    });
    if (status !== 200) throw new RecoveryError('rejected', 'not-readable', `GET /orders was answered ${status} (${body}); ${byHand}`);
    const page = JSON.parse(body) as { ids: readonly string[]; next: string | null };
    for (const id of page.ids) ids.add(id);
    after = page.next;
  }
  return ids;
};
