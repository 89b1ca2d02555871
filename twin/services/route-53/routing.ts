/**
 * Which of several record sets with one name and type is answered, by what is healthy.
 *
 * 1. A failover pair answers its primary when that is healthy, else its secondary when that is, else the primary.
 * 2. Weighted sets: one of the healthy with a weight, by weight; where none is, one of the healthy without, each as likely; where nothing
 *    is healthy at all, everything counts as healthy. Of sets that all weigh nothing each is as likely.
 * 3. A record is healthy if its health check is, and, where an alias evaluates it, its target. Without either it always is.
 * (Developer guide: "How Route 53 chooses records when health checking is configured", "Weighted routing".)
 */
import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { hostOf, setsAt, type Place } from './answering-zone.js';
import { canonicalName } from './records.js';

/** Links an alias or CNAME chain may have. */
export const longestChain = 8;

export const choose = (place: Place, sets: readonly ResourceRecordSet[]): ResourceRecordSet | undefined => {
  if (sets.some(({ Weight }) => Weight !== undefined)) return byWeight(place, sets);
  const [primary, secondary] = (['PRIMARY', 'SECONDARY'] as const).map((kind) => sets.find(({ Failover }) => Failover === kind));
  if (!primary || !secondary) return primary ?? secondary ?? sets[0];
  return !isSetHealthy(place, primary) && isSetHealthy(place, secondary) ? secondary : primary;
};

const byWeight = (place: Place, sets: readonly ResourceRecordSet[]): ResourceRecordSet | undefined => {
  const weighing = sets.filter(({ Weight = 0 }) => Weight > 0);
  const weightless = sets.filter(({ Weight = 0 }) => Weight === 0);
  const healthy = (group: readonly ResourceRecordSet[]) => group.filter((set) => isSetHealthy(place, set));
  const [candidates = []] = [healthy(weighing), healthy(weightless), weighing, weightless].filter(({ length }) => length > 0);
  return drawn(candidates, place.view.draw);
};

const drawn = (sets: readonly ResourceRecordSet[], draw: () => number): ResourceRecordSet | undefined => {
  if (sets.length < 2) return sets[0];
  const weightOf = ({ Weight = 0 }: ResourceRecordSet): number => (sets.every((set) => !set.Weight) ? 1 : Weight);
  let left = draw() * sets.reduce((sum, set) => sum + weightOf(set), 0);
  return sets.find((set) => (left -= weightOf(set)) < 0) ?? sets.at(-1);
};

const isSetHealthy = (place: Place, { HealthCheckId, AliasTarget, Type = 'A' }: ResourceRecordSet, links = longestChain): boolean => {
  if (HealthCheckId && !place.view.isHealthy(HealthCheckId)) return false;
  if (!AliasTarget?.EvaluateTargetHealth || links === 0) return true;
  const { DNSName = '', HostedZoneId = '' } = AliasTarget;
  if (HostedZoneId !== place.zone.id) return place.view.hasHealthyTargets(hostOf(DNSName));
  const targets = setsAt(place.zone, canonicalName(DNSName)).filter((set) => set.Type === Type);
  return targets.some((set) => isSetHealthy(place, set, links - 1));
};
