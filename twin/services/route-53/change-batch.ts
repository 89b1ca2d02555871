import type * as R53 from '@aws-sdk/client-route-53';
import { isIPv4, isIPv6 } from 'node:net';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { canonicalZoneOf, regionOfCanonicalZone } from '../elastic-load-balancing-v2/canonical-zones.js';
import { hostOf } from './answers.js';
import { invalidInput, needHealthCheck, recordKey, type ZoneRecord } from './records.js';
import { isSame } from './record-sets.js';

export interface AskedChange {
  readonly action: R53.ChangeAction;
  readonly recordSet: R53.ResourceRecordSet;
}

const members = ['Name', 'Type', 'SetIdentifier', 'Failover', 'TTL', 'ResourceRecords', 'AliasTarget', 'HealthCheckId'] as const;
/** Types that the twin's name servers can answer. */
const types = new Set(['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SPF', 'SRV', 'TXT']);

const described = ({ Name, Type, SetIdentifier }: R53.ResourceRecordSet): string =>
  `[name='${Name}', type='${Type}'${SetIdentifier ? `, set identifier='${SetIdentifier}'` : ''}]`;

/**
 * Checks a whole batch against the zone as the batch itself changes it; nothing is applied unless all of it may be.
 * @throws AwsError InvalidChangeBatch with every problem found, InvalidInput for a set that says too little, NotModelled for other routing policies.
 */
export const checkChanges = (zone: ZoneRecord, changes: readonly AskedChange[], ctx: Context): void => {
  if (changes.length === 0)
    throw invalidInput(
      '1 validation error detected: Value at changeBatch.changes failed to satisfy constraint: Member must have length greater than or equal to 1',
    );
  for (const { recordSet } of changes) checkForm(recordSet, ctx);
  const after = new Map(zone.recordSets);
  const problems = changes.flatMap((change) => apply(zone, change, after));
  const added = changes.filter(({ action }) => action !== 'DELETE').map(({ recordSet }) => recordSet);
  problems.push(...added.flatMap((set) => [...standing(zone, set, after), ...aliasProblems(zone, set, after), ...valueProblems(set)]));
  if (problems.length === 0) return;
  const messages = [...new Set(problems)];
  throw new AwsError('InvalidChangeBatch', `[${messages.join(', ')}]`, { fields: { messages } });
};

const checkForm = (set: R53.ResourceRecordSet, ctx: Context): void => {
  accept(`record set ${set.Name}`, set, members);
  const where = `Change with [Name=${set.Name}, Type=${set.Type}, SetIdentifier=${set.SetIdentifier ?? null}]`;
  if (!types.has(set.Type ?? '')) accept('a record set', { [`type ${set.Type}`]: true }, []);
  if (set.Failover && !set.SetIdentifier) throw invalidInput(`Invalid request: Missing field 'SetIdentifier' in ${where}`);
  if (set.SetIdentifier && !set.Failover) {
    throw invalidInput(
      `Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer], but found none in ${where}`,
    );
  }
  const isAlias = set.AliasTarget !== undefined;
  if (isAlias && (set.TTL !== undefined || set.ResourceRecords !== undefined)) {
    throw invalidInput(
      `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found more than one in ${where}`,
    );
  }
  if (!isAlias && (set.TTL === undefined || !set.ResourceRecords?.length)) {
    throw invalidInput(
      `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in ${where}`,
    );
  }
  if (set.HealthCheckId) needHealthCheck(ctx, set.HealthCheckId);
};

const apply = (zone: ZoneRecord, { action, recordSet }: AskedChange, after: Map<string, R53.ResourceRecordSet>): string[] => {
  const key = recordKey(recordSet);
  const held = after.get(key);
  if (action === 'DELETE') {
    if (!held) return [`Tried to delete resource record set ${described(recordSet)} but it was not found`];
    if (!isSame(held, recordSet)) {
      return [`Tried to delete resource record set ${described(recordSet)} but the values provided do not match the current values`];
    }
    if (recordSet.Name === zone.name && (recordSet.Type === 'NS' || recordSet.Type === 'SOA')) {
      return [`A HostedZone must contain exactly one ${recordSet.Type} record.`];
    }
    after.delete(key);
    return [];
  }
  if (action === 'CREATE' && held) return [`Tried to create resource record set ${described(recordSet)} but it already exists`];
  after.set(key, recordSet);
  return [];
};

/** Whether a set may stand where it is, beside what the zone then has. */
const standing = (zone: ZoneRecord, set: R53.ResourceRecordSet, after: ReadonlyMap<string, R53.ResourceRecordSet>): string[] => {
  const { Name = '', Type, SetIdentifier, Failover } = set;
  if (Name !== zone.name && !Name.endsWith(`.${zone.name}`)) return [`RRSet with DNS name ${Name} is not permitted in zone ${zone.name}`];
  if (Type === 'CNAME' && Name === zone.name)
    return [`RRSet of type CNAME with DNS name ${Name} is not permitted at apex in zone ${zone.name}`];
  const others = [...after.values()].filter((other) => other.Name === Name && recordKey(other) !== recordKey(set));
  if (others.some((other) => (Type === 'CNAME') !== (other.Type === 'CNAME'))) {
    return [
      `RRSet of type ${Type} with DNS name ${Name} is not permitted as it conflicts with other records with the same DNS name in zone ${zone.name}`,
    ];
  }
  const alike = others.filter((other) => other.Type === Type);
  const subject = `RRSet with DNS name ${Name}, type ${Type}, SetIdentifier ${SetIdentifier ?? null}`;
  if (alike.some((other) => Boolean(other.Failover) !== Boolean(Failover))) {
    return [`${subject} cannot be created because a non-failover and a failover record set with the same name and type cannot both exist.`];
  }
  if (alike.some((other) => other.Failover === Failover)) {
    return [
      `${subject} cannot be created because a failover record set with the same name, type and failover type ${Failover} already exists.`,
    ];
  }
  return [];
};

const aliasProblems = (zone: ZoneRecord, set: R53.ResourceRecordSet, after: ReadonlyMap<string, R53.ResourceRecordSet>): string[] => {
  if (!set.AliasTarget) return [];
  const { DNSName = '', HostedZoneId = '' } = set.AliasTarget;
  const tried = `Tried to create an alias that targets ${DNSName}, type ${set.Type} in zone ${HostedZoneId}, but`;
  if (HostedZoneId === zone.id) {
    const isThere = [...after.values()].some((other) => other.Name === DNSName && other.Type === set.Type);
    return isThere ? [] : [`${tried} that target was not found`];
  }
  const region = regionOfCanonicalZone(HostedZoneId);
  if (region === undefined) accept('an alias', { [`target in hosted zone ${HostedZoneId}`]: true }, []);
  const lies = hostOf(DNSName).endsWith(`.${region}.elb.amazonaws.com`) && canonicalZoneOf(region!) === HostedZoneId;
  return lies ? [] : [`${tried} the alias target name does not lie within the target zone`];
};

const valueProblems = ({ Type, ResourceRecords = [] }: R53.ResourceRecordSet): string[] =>
  ResourceRecords.flatMap(({ Value = '' }) => {
    const illegal = (code: string, why: string): string[] => [
      `Invalid Resource Record: 'FATAL problem: ${code} (${why}) encountered with '${Value}''`,
    ];
    if (Type === 'A' && !isIPv4(Value)) return illegal('ARRDATAIllegalIPv4Address', 'Value is not a valid IPv4 address');
    if (Type === 'AAAA' && !isIPv6(Value)) return illegal('AAAARRDATAIllegalIPv6Address', 'Value is not a valid IPv6 address');
    if (Type === 'CNAME' && /\s|^$/.test(Value)) return illegal('DomainLabelEmpty', 'Domain label is empty');
    if ((Type === 'TXT' || Type === 'SPF') && !/^("(?:[^"\\]|\\.)*"\s*)+$/.test(Value)) {
      return illegal('InvalidCharacterString', 'Value should be enclosed in quotation marks');
    }
    return [];
  });
