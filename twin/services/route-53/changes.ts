import type * as R53 from '@aws-sdk/client-route-53';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { globalControlPlaneRegion } from '../dispatcher.js';
import { freshId, upperAlphanumeric } from '../fresh-id.js';
import { need } from '../members.js';
import type { Operations } from '../service.js';
import { checkChanges } from './change-batch.js';
import { publish, type RecordChange } from './data-plane.js';
import { bareId, needZone, recordKey, route53Records, type ZoneRecord } from './records.js';
import { normalised } from './record-sets.js';

/**
 * Starts a change on its way to the name servers: PENDING now, INSYNC and answered after `route53.change`. One that us-east-1 took with
 * it stays PENDING.
 */
export const startChange = (
  zone: ZoneRecord,
  changes: readonly RecordChange[],
  comment: string | undefined,
  ctx: Context,
): R53.ChangeInfo => {
  zone.version += 1;
  const { version } = zone;
  const info: R53.ChangeInfo = {
    Id: `/change/C${freshId(ctx, 'route-53-change', 20, upperAlphanumeric)}`,
    Status: 'PENDING',
    SubmittedAt: ctx.date(),
    ...(comment === undefined ? {} : { Comment: comment }),
  };
  ctx.state(route53Records).changes.set(bareId(info.Id), info);
  ctx.at({ region: globalControlPlaneRegion }).after(ctx.takes('route53.change'), `change ${info.Id} is INSYNC`, (then) => {
    info.Status = 'INSYNC';
    if (then.state(route53Records).zones.has(zone.id)) publish(zone, version, changes, then);
  });
  return { ...info };
};

const change = (input: R53.ChangeResourceRecordSetsRequest, ctx: Context): R53.ChangeInfo => {
  const zone = needZone(ctx, input.HostedZoneId);
  const batch = need(input.ChangeBatch, 'ChangeBatch', 'InvalidInput');
  const changes = (batch.Changes ?? []).map(({ Action, ResourceRecordSet }) => ({
    action: need(Action, 'Action', 'InvalidInput'),
    recordSet: normalised(need(ResourceRecordSet, 'ResourceRecordSet', 'InvalidInput')),
  }));
  zone.recordSets = checkChanges(zone, changes, ctx);
  const made = new Map<string, RecordChange>();
  for (const { action, recordSet } of changes) {
    const key = recordKey(recordSet);
    made.set(key, { key, recordSet: action === 'DELETE' ? undefined : recordSet });
  }
  return startChange(zone, [...made.values()], batch.Comment, ctx);
};

export const changeOperations: Operations<typeof R53> = {
  ChangeResourceRecordSets: (input, ctx) => ({ ChangeInfo: change(input, ctx) }),
  GetChange: ({ Id }, ctx) => {
    const found = ctx.state(route53Records).changes.get(bareId(Id));
    if (!found) throw new AwsError('NoSuchChange', `A change with the specified ID: ${bareId(Id)} does not exist.`);
    return { ChangeInfo: { ...found } };
  },
};
