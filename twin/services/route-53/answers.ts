/**
 * What Route 53's name servers answer: a pure function of the published records and of what is healthy.
 *
 * 1. The zone with the longest matching name answers; no zone, REFUSED; no such name, NXDOMAIN; no such type, NOERROR without answers.
 * 2. A failover pair answers its primary when that is healthy, else its secondary when that is, else the primary
 *    (developer guide, "How Route 53 chooses records when health checking is configured": all unhealthy counts as all healthy).
 * 3. A record is healthy if its health check is, and, where an alias evaluates it, its target. Without either it always is.
 * 4. An alias in the zone takes its target's TTL, one to a load balancer 60 s.
 */
import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { DnsAnswer } from '../../world/dataplane.js';
import { regionOfCanonicalZone } from '../elastic-load-balancing-v2/canonical-zones.js';
import { canonicalName } from './records.js';

export interface AnsweringZone {
  readonly id: string;
  readonly name: string;
  readonly recordSets: readonly ResourceRecordSet[];
}
export interface AnswerView {
  readonly zones: readonly AnsweringZone[];
  readonly isHealthy: (healthCheckId: string) => boolean;
  readonly addressesOf: (hostname: string) => readonly string[];
  readonly hasHealthyTargets: (hostname: string) => boolean;
}
type Answers = DnsAnswer['answers'];

/** Links an alias or CNAME chain may have. */
const longestChain = 8;
const loadBalancerTtl = 60;
/** Types beside which a CNAME may stand in for an answer. */
const notForCname = new Set(['CNAME', 'NS', 'SOA']);

export const answer = (view: AnswerView, name: string, type: string): DnsAnswer => {
  const asked = canonicalName(name);
  const zone = zoneOf(view, asked);
  if (!zone) return { rcode: 'REFUSED', answers: [] };
  if (setsAt(zone, asked).length === 0 && !isNode(zone, asked)) return { rcode: 'NXDOMAIN', answers: [] };
  return { rcode: 'NOERROR', answers: resolve({ view, zone }, asked, type, longestChain) };
};

const zoneOf = ({ zones }: AnswerView, name: string): AnsweringZone | undefined =>
  zones
    .filter((zone) => name === zone.name || name.endsWith(`.${zone.name}`))
    .reduce<AnsweringZone | undefined>((best, zone) => (best && best.name.length >= zone.name.length ? best : zone), undefined);

/** The name is there, if only because something is below it (RFC 4592, "empty non-terminal"). */
const isNode = ({ recordSets }: AnsweringZone, name: string): boolean =>
  recordSets.some(({ Name = '' }) => Name === name || Name.endsWith(`.${name}`));

/** Record sets at the name, or at the wildcard that covers it. */
const setsAt = (zone: AnsweringZone, name: string): readonly ResourceRecordSet[] => {
  const at = (wanted: string): readonly ResourceRecordSet[] => zone.recordSets.filter(({ Name }) => Name === wanted);
  if (isNode(zone, name)) return at(name);
  for (let above = parentOf(name); above.length >= zone.name.length; above = parentOf(above)) {
    if (isNode(zone, above)) return at(`\\052.${above}`);
  }
  return [];
};
const parentOf = (name: string): string => name.slice(name.indexOf('.') + 1);

interface Place {
  readonly view: AnswerView;
  readonly zone: AnsweringZone;
}

const resolve = (place: Place, name: string, type: string, links: number): Answers => {
  const sets = setsAt(place.zone, name);
  const chosen = choose(
    place,
    sets.filter((set) => set.Type === type),
  );
  if (chosen) return dataOf(place, chosen, name, links);
  const cname = notForCname.has(type)
    ? undefined
    : choose(
        place,
        sets.filter((set) => set.Type === 'CNAME'),
      );
  if (!cname || links === 0) return [];
  const found = dataOf(place, cname, name, links);
  const target = canonicalName(found[0]?.data ?? '.');
  return zoneOf(place.view, target) === place.zone ? [...found, ...resolve(place, target, type, links - 1)] : found;
};

const choose = (place: Place, sets: readonly ResourceRecordSet[]): ResourceRecordSet | undefined => {
  const [primary, secondary] = (['PRIMARY', 'SECONDARY'] as const).map((kind) => sets.find(({ Failover }) => Failover === kind));
  if (!primary || !secondary) return primary ?? secondary ?? sets[0];
  return !isSetHealthy(place, primary, longestChain) && isSetHealthy(place, secondary, longestChain) ? secondary : primary;
};

const isSetHealthy = (place: Place, { HealthCheckId, AliasTarget, Type = 'A' }: ResourceRecordSet, links: number): boolean => {
  if (HealthCheckId && !place.view.isHealthy(HealthCheckId)) return false;
  if (!AliasTarget?.EvaluateTargetHealth || links === 0) return true;
  const { DNSName = '', HostedZoneId = '' } = AliasTarget;
  if (HostedZoneId !== place.zone.id) return place.view.hasHealthyTargets(hostOf(DNSName));
  const targets = setsAt(place.zone, canonicalName(DNSName)).filter((set) => set.Type === Type);
  return targets.some((set) => isSetHealthy(place, set, links - 1));
};

/** A load balancer's own name: `dualstack.` before it asks for addresses of both kinds. */
export const hostOf = (dnsName: string): string =>
  dnsName
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '');

const dataOf = (place: Place, set: ResourceRecordSet, name: string, links: number): Answers => {
  const { Type: type = 'A', TTL: ttl = 0, ResourceRecords = [], AliasTarget } = set;
  const asked = name.slice(0, -1);
  if (!AliasTarget) return ResourceRecords.map(({ Value = '' }) => ({ name: asked, type, ttl, data: Value }));
  const { HostedZoneId = '', DNSName = '' } = AliasTarget;
  if (regionOfCanonicalZone(HostedZoneId)) {
    const addresses = type === 'A' ? place.view.addressesOf(hostOf(DNSName)) : [];
    return addresses.map((data) => ({ name: asked, type, ttl: loadBalancerTtl, data }));
  }
  if (links === 0) return [];
  // An alias answers under its own name, whatever its target is called.
  return resolve(place, canonicalName(DNSName), type, links - 1)
    .filter((found) => found.type === type)
    .map((found) => ({ ...found, name: asked }));
};
