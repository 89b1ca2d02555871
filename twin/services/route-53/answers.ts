/**
 * What Route 53's name servers answer: a function of the published records, of what is healthy, and of one seeded draw per choice by weight.
 *
 * 1. The zone with the longest matching name answers; no zone, REFUSED; no such name, NXDOMAIN; no such type, NOERROR without answers.
 * 2. Which of several sets with one name and type: `routing.ts`.
 * 3. An alias in the zone takes its target's TTL, one to a load balancer 60 s.
 */
import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { DnsAnswer } from '../../world/dataplane.js';
import { regionOfCanonicalZone } from '../elastic-load-balancing-v2/canonical-zones.js';
import { hostOf, isNode, setsAt, zoneOf, type AnswerView, type Place } from './answering-zone.js';
import { canonicalName } from './records.js';
import { choose, longestChain } from './routing.js';

type Answers = DnsAnswer['answers'];

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

const resolve = (place: Place, name: string, type: string, links: number): Answers => {
  const sets = setsAt(place.zone, name);
  const ofType = (wanted: string): ResourceRecordSet | undefined =>
    choose(
      place,
      sets.filter((set) => set.Type === wanted),
    );
  const chosen = ofType(type);
  if (chosen) return dataOf(place, chosen, name, links);
  const cname = notForCname.has(type) ? undefined : ofType('CNAME');
  if (!cname || links === 0) return [];
  const found = dataOf(place, cname, name, links);
  const target = canonicalName(found[0]?.data ?? '.');
  return zoneOf(place.view, target) === place.zone ? [...found, ...resolve(place, target, type, links - 1)] : found;
};

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
