import type * as R53 from '@aws-sdk/client-route-53';
import type { Context } from '../../world/context.js';
import type { Operations } from '../service.js';
import { canonicalName, invalidInput, needZone, recordKey } from './records.js';

/** A record set as Route 53 keeps it: names in small letters and with their final dot. */
export const normalised = (set: R53.ResourceRecordSet): R53.ResourceRecordSet => ({
  ...Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)),
  Name: canonicalName(set.Name ?? ''),
  Type: set.Type,
  ...(set.AliasTarget
    ? { AliasTarget: { ...set.AliasTarget, DNSName: canonicalName(set.AliasTarget.DNSName ?? '') } }
    : { TTL: set.TTL, ResourceRecords: set.ResourceRecords }),
});

/** Route 53 lists by the labels from the right, `com.example.www.`, then by type; the final dot counts, and a hyphen comes before it. */
export const reversedName = (name: string): string => `${name.replace(/\.$/, '').split('.').reverse().join('.')}.`;
const orderOf = (set: Pick<R53.ResourceRecordSet, 'Name' | 'Type' | 'SetIdentifier'>): string[] => [
  reversedName(set.Name ?? ''),
  set.Type ?? '',
  set.SetIdentifier ?? '',
];
const compare = (one: readonly string[], other: readonly string[]): number => {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at < 0 ? 0 : one[at]! < other[at]! ? -1 : 1;
};

const list = (input: R53.ListResourceRecordSetsRequest, ctx: Context): R53.ListResourceRecordSetsResponse => {
  const { StartRecordName, StartRecordType, StartRecordIdentifier } = input;
  const zone = needZone(ctx, input.HostedZoneId);
  if (StartRecordType && !StartRecordName) throw invalidInput('StartRecordType is not allowed without StartRecordName');
  if (StartRecordIdentifier && !StartRecordType) throw invalidInput('StartRecordIdentifier is not allowed without StartRecordType');
  const start = orderOf({ Name: canonicalName(StartRecordName ?? zone.name), Type: StartRecordType, SetIdentifier: StartRecordIdentifier });
  const sorted = [...zone.recordSets.values()].sort((one, other) => compare(orderOf(one), orderOf(other)));
  const from = StartRecordName === undefined ? sorted : sorted.filter((set) => compare(orderOf(set), start) >= 0);
  const most = Math.min(300, input.MaxItems ?? 300);
  const next = from[most];
  return {
    ResourceRecordSets: from.slice(0, most).map((set) => structuredClone(set)),
    IsTruncated: next !== undefined,
    MaxItems: most,
    ...(next ? { NextRecordName: next.Name, NextRecordType: next.Type, NextRecordIdentifier: next.SetIdentifier } : {}),
  };
};

export const recordSetOperations: Operations<typeof R53> = { ListResourceRecordSets: list };

/** Whether a DELETE names a set exactly, as Route 53 demands. */
export const isSame = (one: R53.ResourceRecordSet, other: R53.ResourceRecordSet): boolean => {
  const values = (set: R53.ResourceRecordSet): string => JSON.stringify((set.ResourceRecords ?? []).map(({ Value }) => Value).sort());
  const rest = ({ TTL, AliasTarget, Weight, Failover, HealthCheckId }: R53.ResourceRecordSet): string =>
    JSON.stringify([
      TTL,
      AliasTarget && [AliasTarget.DNSName, AliasTarget.HostedZoneId, AliasTarget.EvaluateTargetHealth],
      ...[Weight, Failover, HealthCheckId].map((value) => value ?? null),
    ]);
  return recordKey(one) === recordKey(other) && values(one) === values(other) && rest(one) === rest(other);
};
