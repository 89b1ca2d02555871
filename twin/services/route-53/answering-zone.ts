import type { ResourceRecordSet } from '@aws-sdk/client-route-53';

/** A zone as the name servers know it. */
export interface AnsweringZone {
  readonly id: string;
  readonly name: string;
  readonly recordSets: readonly ResourceRecordSet[];
}
/** Everything an answer depends on. */
export interface AnswerView {
  readonly zones: readonly AnsweringZone[];
  readonly isHealthy: (healthCheckId: string) => boolean;
  readonly addressesOf: (hostname: string) => readonly string[];
  readonly hasHealthyTargets: (hostname: string) => boolean;
  /** In [0, 1), seeded: asked once for every choice by weight. */
  readonly draw: () => number;
}
/** Where an answer is looked for: a chain stays within one zone. */
export interface Place {
  readonly view: AnswerView;
  readonly zone: AnsweringZone;
}

export const zoneOf = ({ zones }: AnswerView, name: string): AnsweringZone | undefined =>
  zones
    .filter((zone) => name === zone.name || name.endsWith(`.${zone.name}`))
    .reduce<AnsweringZone | undefined>((best, zone) => (best && best.name.length >= zone.name.length ? best : zone), undefined);

/** The name is there, if only because something is below it (RFC 4592, "empty non-terminal"). */
export const isNode = ({ recordSets }: AnsweringZone, name: string): boolean =>
  recordSets.some(({ Name = '' }) => Name === name || Name.endsWith(`.${name}`));

/** Record sets at the name, or at the wildcard that covers it. */
export const setsAt = (zone: AnsweringZone, name: string): readonly ResourceRecordSet[] => {
  const at = (wanted: string): readonly ResourceRecordSet[] => zone.recordSets.filter(({ Name }) => Name === wanted);
  if (isNode(zone, name)) return at(name);
  for (let above = parentOf(name); above.length >= zone.name.length; above = parentOf(above)) {
    if (isNode(zone, above)) return at(`\\052.${above}`);
  }
  return [];
};
const parentOf = (name: string): string => name.slice(name.indexOf('.') + 1);

/** A load balancer's own name: `dualstack.` before it asks for addresses of both kinds. */
export const hostOf = (dnsName: string): string =>
  dnsName
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '');
