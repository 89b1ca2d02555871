/**
 * Route 53's data plane: what its name servers and health checkers know. It follows the control plane's changes when they are INSYNC
 * and needs nothing of it afterwards, so that answers and health checks go on without us-east-1.
 */
import type * as R53 from '@aws-sdk/client-route-53';
import type { Context } from '../../world/context.js';
import type { DnsAnswer } from '../../world/dataplane.js';
import { partitionWide } from '../../world/state.js';
import { publishedHealth } from '../elastic-load-balancing-v2/exposure.js';
import type { AnswerView } from './answering-zone.js';
import { answer } from './answers.js';
import { recordKey, type ZoneRecord } from './records.js';
import { isHealthy, type CheckedEndpoint } from './health-status.js';

interface PublishedRecord {
  readonly version: number;
  /** Absent: deleted. */
  readonly recordSet: R53.ResourceRecordSet | undefined;
}
interface PublishedZone {
  readonly name: string;
  readonly records: Map<string, PublishedRecord>;
}

export const dataPlane = partitionWide('route-53.data-plane', () => ({
  zones: new Map<string, PublishedZone>(),
  checks: new Map<string, CheckedEndpoint>(),
}));

/** A record set as it is from a change on; `undefined` for one that the change deleted. */
export interface RecordChange {
  readonly key: string;
  readonly recordSet: R53.ResourceRecordSet | undefined;
}

/** Brings one change to the name servers. A later change that got there first is not undone. */
export const publish = (zone: ZoneRecord, version: number, changes: readonly RecordChange[], ctx: Context): void => {
  const { zones } = ctx.state(dataPlane);
  const published = zones.get(zone.id) ?? { name: zone.name, records: new Map<string, PublishedRecord>() };
  zones.set(zone.id, published);
  for (const { key, recordSet } of changes) {
    if ((published.records.get(key)?.version ?? -1) < version) published.records.set(key, { version, recordSet });
  }
};

export const withdraw = (zone: ZoneRecord, ctx: Context): void => void ctx.state(dataPlane).zones.delete(zone.id);

/** Everything an answer depends on, as it is now. */
export const answerView = (ctx: Context, draw: AnswerView['draw']): AnswerView => {
  const { zones, checks } = ctx.state(dataPlane);
  return {
    zones: [...zones].map(([id, { name, records }]) => ({
      id,
      name,
      recordSets: [...records.values()].flatMap(({ recordSet }) => (recordSet ? [recordSet] : [])),
    })),
    isHealthy: (id) => isHealthy(id, checks),
    addressesOf: (host) => ctx.dataplane.network.addressesOf(host),
    hasHealthyTargets: (host) => ctx.state(publishedHealth).get(host)?.() ?? false,
    draw,
  };
};

/** Has the name servers answer from the data plane's state. */
export const serveAnswers = (ctx: Context): void => {
  const chance = ctx.chance.stream('route-53.answers');
  ctx.dataplane.dns.serve((name, type) =>
    answer(
      answerView(ctx, () => chance.next()),
      name,
      type,
    ),
  );
};

/** What the name servers answer somebody who does not mind which of several weighted records. */
export const askNameServers = (ctx: Context, name: string, type: string): DnsAnswer =>
  answer(
    answerView(ctx, () => 0),
    name,
    type,
  );

export const allOf = (zone: ZoneRecord): RecordChange[] =>
  [...zone.recordSets.values()].map((recordSet) => ({ key: recordKey(recordSet), recordSet }));
