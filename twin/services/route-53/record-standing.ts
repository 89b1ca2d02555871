import type * as R53 from '@aws-sdk/client-route-53';
import { isIPv4, isIPv6 } from 'node:net';
import { canonicalZoneOf, regionOfCanonicalZone } from '../elastic-load-balancing-v2/canonical-zones.js';
import { accept } from '../members.js';
import { hostOf } from './answering-zone.js';
import { recordKey, type ZoneRecord } from './records.js';

type Sets = ReadonlyMap<string, R53.ResourceRecordSet>;

/** Quota: values in one record set. */
const valuesAtMost = 400;

/** What keeps a set from standing where it is, beside what the zone has after the whole batch; in Route 53's words. */
export const problemsOf = (zone: ZoneRecord, set: R53.ResourceRecordSet, after: Sets): string[] => [
  ...placeProblems(zone, set, after),
  ...aliasProblems(zone, set, after),
  ...valueProblems(set),
];

const placeProblems = (zone: ZoneRecord, set: R53.ResourceRecordSet, after: Sets): string[] => {
  const { Name = '', Type } = set;
  if (Name !== zone.name && !Name.endsWith(`.${zone.name}`)) return [`RRSet with DNS name ${Name} is not permitted in zone ${zone.name}`];
  const typed = `RRSet of type ${Type} with DNS name ${Name} is not permitted`;
  if (Type === 'CNAME' && Name === zone.name) return [`${typed} at apex in zone ${zone.name}`];
  const others = [...after.values()].filter((other) => other.Name === Name && recordKey(other) !== recordKey(set));
  if (Type === 'CNAME' && others.some((other) => other.Type !== 'CNAME'))
    return [`${typed} as it conflicts with other records with the same DNS name in zone ${zone.name}`];
  if (Type !== 'CNAME' && others.some((other) => other.Type === 'CNAME'))
    return [`${typed} because a conflicting RRSet of type CNAME with the same DNS name already exists in zone ${zone.name}`];
  return policyProblems(
    set,
    others.filter((other) => other.Type === Type),
  );
};

const policyOf = ({ Weight, Failover }: R53.ResourceRecordSet): string =>
  Weight !== undefined ? 'weighted' : Failover ? 'failover' : 'simple';

/** `alike`: the other sets with this one's name and type. */
const policyProblems = (set: R53.ResourceRecordSet, alike: readonly R53.ResourceRecordSet[]): string[] => {
  const { Name, Type, SetIdentifier, Failover, TTL, HealthCheckId, AliasTarget } = set;
  const subject = `RRSet with DNS name ${Name}, type ${Type}`;
  const policy = policyOf(set);
  if (policy === 'simple') return alike.length ? [`${subject} cannot be created as other RRSets exist with the same name and type.`] : [];
  if (alike.some((other) => policyOf(other) !== policy))
    return [`${subject}, SetIdentifier ${SetIdentifier} cannot be created as a non-${policy} set exists with the same name and type.`];
  if (policy === 'weighted')
    return alike.some((other) => other.TTL !== TTL && !other.AliasTarget && !AliasTarget)
      ? [
          `RRSet with DNS name ${Name} and type ${Type}, SetIdentifier ${SetIdentifier} cannot be created as weighted sets must contain the same TTL.`,
        ]
      : [];
  if (alike.some((other) => other.Failover === Failover))
    return [
      `${subject}, SetIdentifier ${SetIdentifier}, and Failover=${Failover} cannot be created because a failover RRSet with the same name, type and failover already exists.`,
    ];
  return Failover === 'PRIMARY' && !AliasTarget && !HealthCheckId
    ? ['A non-alias primary ResourceRecordSet must have an associated health check. No changes made.']
    : [];
};

const aliasProblems = (zone: ZoneRecord, set: R53.ResourceRecordSet, after: Sets): string[] => {
  if (!set.AliasTarget) return [];
  const { DNSName = '', HostedZoneId = '' } = set.AliasTarget;
  const tried = `Tried to create an alias that targets ${DNSName}, type ${set.Type} in zone ${HostedZoneId}, but`;
  const outside = `${tried} the alias target name does not lie within the target zone`;
  const isInZone = DNSName === zone.name || DNSName.endsWith(`.${zone.name}`);
  if (HostedZoneId === zone.id) {
    const isThere = [...after.values()].some((other) => other.Name === DNSName && other.Type === set.Type);
    return [...(isInZone ? [] : [outside]), ...(isThere ? [] : [`${tried} that target was not found`])];
  }
  const isLoadBalancer = hostOf(DNSName).endsWith('.elb.amazonaws.com');
  const region = regionOfCanonicalZone(HostedZoneId);
  if (region === undefined && !isLoadBalancer && !isInZone) accept('an alias', { [`target in hosted zone ${HostedZoneId}`]: true }, []);
  const lies = region && hostOf(DNSName).endsWith(`.${region}.elb.amazonaws.com`) && canonicalZoneOf(region) === HostedZoneId;
  return lies ? [] : [outside];
};

const valueProblems = ({ Type, ResourceRecords = [] }: R53.ResourceRecordSet): string[] => [
  ...(ResourceRecords.length > valuesAtMost ? [`Cannot have more than ${valuesAtMost} records in a RRSet.`] : []),
  ...ResourceRecords.flatMap(({ Value = '' }) => {
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
  }),
];
