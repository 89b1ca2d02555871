import { RecoveryError } from '../model/recovery-error.js';
import { milliseconds } from '../model/time.js';
import type { CallAudit } from '../ports/call-audit.js';

interface Seen {
  readonly sequence: number;
  readonly at: number;
  readonly region: string;
  readonly via: string;
  readonly error?: string;
  readonly plane: string;
  readonly controlPlaneRegion: string;
}

/** What a region that has returned does within itself (its scheduler, its backups) is not a call to it; one that found it lost is, whoever made it. */
const isFromOutside = ({ via, error }: Seen): boolean => ['client', 'cloudformation'].includes(via) || error === 'region-lost';

/** The twin's own ledger of calls: everybody's, CloudFormation's and other services' on our behalf included. */
export const twinAudit = (url: string): CallAudit => {
  const told = async <Answer>(what: string): Promise<Answer> => {
    const response = await fetch(`${url}/_twin/${what}`);
    if (!response.ok)
      throw new RecoveryError(
        'rejected',
        'no-audit',
        `the twin does not tell its calls, and the report will say that nobody counted: ${await response.text()}`,
      );
    return (await response.json()) as Answer;
  };
  return {
    position: async () => (await told<{ calls: number }>('summary')).calls,
    count: async (lostRegion, position, to) => {
      const calls = await told<readonly Seen[]>(`calls?since=${position}`);
      const during = calls.filter(({ at }) => at <= milliseconds(to));
      return {
        lostRegion: during.filter((call) => call.region === lostRegion && isFromOutside(call)).length,
        usEast1ControlPlane: during.filter(
          ({ plane, controlPlaneRegion }) => plane === 'control-write' && controlPlaneRegion === 'us-east-1',
        ).length,
        source: `${url}/_twin/calls`,
      };
    },
  };
};

/** Where nobody counts: read CloudTrail. */
export const noAudit: CallAudit = {
  position: async () => null,
  count: async () => {
    throw new RecoveryError('bug', 'no-audit', 'nobody counts calls in this world');
  },
};
