import type * as R53 from '@aws-sdk/client-route-53';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { checkForm } from './record-form.js';
import { problemsOf } from './record-standing.js';
import { invalidInput, recordKey, type AskedChange, type ZoneRecord } from './records.js';
import { isSame } from './record-sets.js';

/** Limits of one request and of one zone (developer guide, "Quotas"); an UPSERT counts twice. */
const limits = { records: 1000, characters: 32_000, setsOfZone: 10_000 };

/**
 * Checks a whole batch against the zone as the batch itself changes it; nothing is applied unless all of it may be.
 * @returns the zone's record sets as they are after it.
 * @throws AwsError InvalidChangeBatch with every problem found, InvalidInput for a set that says too little, NotModelled for other routing policies.
 */
export const checkChanges = (zone: ZoneRecord, changes: readonly AskedChange[], ctx: Context): Map<string, R53.ResourceRecordSet> => {
  if (changes.length === 0)
    throw invalidInput(
      '1 validation error detected: Value at changeBatch.changes failed to satisfy constraint: Member must have length greater than or equal to 1',
    );
  changes.forEach((change, index) => checkForm(change, index + 1, ctx));
  refuseFor(sizeProblems(changes));
  const after = new Map(zone.recordSets);
  const problems = [...repeatedChanges(changes), ...changes.flatMap((change) => apply(change, after)), ...ownRecordProblems(zone, after)];
  for (const { action, recordSet } of changes) if (action !== 'DELETE') problems.push(...problemsOf(zone, recordSet, after));
  if (after.size > limits.setsOfZone) problems.push(`Exceeded limit MAX_RRSETS_BY_ZONE for zone: ${zone.id}`);
  refuseFor(problems);
  return after;
};

const refuseFor = (problems: readonly string[]): void => {
  if (problems.length === 0) return;
  const messages = [...new Set(problems)];
  throw new AwsError('InvalidChangeBatch', `[${messages.join(', ')}]`, { fields: { messages } });
};

const sizeProblems = (changes: readonly AskedChange[]): string[] => {
  const total = (sizeOf: (set: R53.ResourceRecordSet) => number): number =>
    changes.reduce((sum, { action, recordSet }) => sum + sizeOf(recordSet) * (action === 'UPSERT' ? 2 : 1), 0);
  const records = total(({ ResourceRecords }) => ResourceRecords?.length ?? 1);
  const characters = total(({ ResourceRecords = [] }) => ResourceRecords.reduce((sum, { Value = '' }) => sum + Value.length, 0));
  return [
    ...(records > limits.records ? [`Number of records limit of ${limits.records} exceeded.`] : []),
    ...(characters > limits.characters ? [`RDATA character limit of ${limits.characters} exceeded.`] : []),
  ];
};

/** One set may be changed once in a batch, or deleted first and made anew. */
const repeatedChanges = (changes: readonly AskedChange[]): string[] => {
  const byKey = new Map<string, AskedChange[]>();
  for (const change of changes) {
    const key = recordKey(change.recordSet);
    byKey.set(key, [...(byKey.get(key) ?? []), change]);
  }
  return [...byKey.values()].flatMap(([first, second, third]) => {
    const isReplacement = first?.action === 'DELETE' && second?.action !== 'DELETE' && !third;
    const { Type, Name } = first!.recordSet;
    return !second || isReplacement ? [] : [`The request contains an invalid set of changes for a resource record set '${Type} ${Name}'`];
  });
};

const described = ({ Name, Type, SetIdentifier }: R53.ResourceRecordSet): string =>
  `[name='${Name}', type='${Type}'${SetIdentifier ? `, set-identifier='${SetIdentifier}'` : ''}]`;

const apply = ({ action, recordSet }: AskedChange, after: Map<string, R53.ResourceRecordSet>): string[] => {
  const key = recordKey(recordSet);
  const held = after.get(key);
  if (action === 'DELETE') {
    if (!held) return [`Tried to delete resource record set ${described(recordSet)} but it was not found`];
    if (!isSame(held, recordSet))
      return [`Tried to delete resource record set ${described(recordSet)} but the values provided do not match the current values`];
    after.delete(key);
    return [];
  }
  if (action === 'CREATE' && held) return [`Tried to create resource record set ${described(recordSet)} but it already exists`];
  after.set(key, recordSet);
  return [];
};

const ownRecordProblems = (zone: ZoneRecord, after: ReadonlyMap<string, R53.ResourceRecordSet>): string[] => [
  ...(after.has(recordKey({ Name: zone.name, Type: 'NS' }))
    ? []
    : ['A HostedZone must contain at least one NS record for the zone itself.']),
  ...(after.has(recordKey({ Name: zone.name, Type: 'SOA' })) ? [] : ['A HostedZone must contain exactly one SOA record.']),
];
