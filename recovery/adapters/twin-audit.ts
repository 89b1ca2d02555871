import { milliseconds } from '../model/time.js';
import type { CallAudit } from '../ports/call-audit.js';

interface Seen {
  readonly at: number;
  readonly region: string;
  readonly plane: string;
  readonly controlPlaneRegion: string;
}

/** The twin's own ledger of calls: everybody's, CloudFormation's and other services' on our behalf included. */
export const twinAudit = (url: string): CallAudit => ({
  count: async (lostRegion, from, to) => {
    const response = await fetch(`${url}/_twin/calls`);
    const calls = (await response.json()) as readonly Seen[];
    const during = calls.filter(({ at }) => at >= milliseconds(from) && at <= milliseconds(to));
    return {
      lostRegion: during.filter(({ region }) => region === lostRegion).length,
      usEast1ControlPlane: during.filter(({ plane, controlPlaneRegion }) => plane === 'control-write' && controlPlaneRegion === 'us-east-1')
        .length,
      source: `${url}/_twin/calls`,
    };
  },
});

/** Where nobody counts: read CloudTrail. */
export const noAudit: CallAudit = { count: async () => null };
