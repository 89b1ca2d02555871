import type { Observed } from '../observed.js';
import type { WatchedCall } from '../orchestrator.js';
import type { Property } from './property.js';

const holdingData = ['rds', 'backup', 's3', 'dynamodb', 'kms', 'secrets-manager'];
const destroying = /^(Delete|Terminate|Reset|Disable|Schedule\w*Deletion|Purge)/;
/** Of the client's own calls, by what they may change: anything else that changes is not for a recovery. */
const mayChange: Readonly<Record<string, (call: WatchedCall, seen: Observed) => boolean>> = {
  StartRestoreJob: () => true,
  ModifyDBInstance: ({ input }, { plan }) => input['DBInstanceIdentifier'] !== plan.targets.facts.database.identifier,
  PutObject: ({ input }, { plan: { targets } }) => [targets.global.switchKey, targets.global.epochKey].includes(input['Key'] as string),
};

export const dataStays: Property = {
  name: 'data-stays',
  claim: 'nothing that holds data is replaced, changed in place or deleted, by us or on our behalf',
  judge: (seen) => {
    const gone = seen.ledger.find(
      ({ service, operation, via, error }) =>
        holdingData.includes(service) && destroying.test(operation) && via !== 'somebody' && error === undefined,
    );
    if (gone) return `${gone.service}.${gone.operation} by ${gone.via} in ${gone.region}`;
    const changed = seen.calls.find(
      (call) =>
        call.changes && ['rds', 'backup', 's3', 'kms', 'secrets'].includes(call.service) && !mayChange[call.operation]?.(call, seen),
    );
    return changed && `${changed.service}.${changed.operation} of ${JSON.stringify(changed.input)} by ${changed.task}`;
  },
};
