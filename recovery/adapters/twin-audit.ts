import { recoveryRoleName } from '../../lib/contract/names.js';
import type { Settings } from '../../lib/contract/settings.js';
import { RecoveryError } from '../model/recovery-error.js';
import { milliseconds } from '../model/time.js';
import type { CallAudit, RoleCall } from '../ports/call-audit.js';
import { iamAction } from './iam-action.js';

interface Seen {
  readonly sequence: number;
  readonly at: number;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly via: string;
  readonly principal: string;
  readonly error?: string;
  readonly plane: string;
  readonly controlPlaneRegion: string;
}

/** What a region that has returned does within itself (its scheduler, its backups) is not a call to it; one that found it lost is, whoever made it. */
const isFromOutside = ({ via, error }: Seen): boolean => ['client', 'cloudformation'].includes(via) || error === 'region-lost';

/** What a recovery role called, and AWS asks a right for, by whose credentials signed it; nothing where a call is not a role's. */
export const roleCalls = (settings: Pick<Settings, 'organisation'>) => {
  const ours = recoveryRoleName(settings, '');
  return ({
    service,
    operation,
    region,
    via,
    principal,
  }: Pick<Seen, 'service' | 'operation' | 'region' | 'via' | 'principal'>): RoleCall[] => {
    // arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION
    const [kind = '', role = ''] = principal.split('/');
    const action = iamAction(service, operation);
    const isOurs = kind.endsWith(':assumed-role') && role.startsWith(ours);
    return !isOurs || via !== 'client' || action === null ? [] : [{ role: role.slice(ours.length), action, region }];
  };
};

/** The twin's own ledger of calls: everybody's, CloudFormation's and other services' on our behalf included. */
export const twinAudit = (url: string, settings: Pick<Settings, 'organisation'>): CallAudit => {
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
    byRole: async (position) => (await told<readonly Seen[]>(`calls?since=${position}`)).flatMap(roleCalls(settings)),
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

const nobodyCounts = async (): Promise<never> => {
  throw new RecoveryError('bug', 'no-audit', 'nobody counts calls in this world');
};

/** Where nobody counts: read CloudTrail. */
export const noAudit: CallAudit = {
  position: async () => null,
  byRole: () => nobodyCounts(),
  count: () => nobodyCounts(),
};
