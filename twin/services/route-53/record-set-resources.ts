import type * as R53 from '@aws-sdk/client-route-53';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accountWide } from '../../world/state.js';
import type { ResourceProperties, ResourceType, Stability } from '../service.js';
import { acceptProperties } from '../members.js';
import { readProperties } from '../template-properties.js';
import { canonicalName, recordKey } from './records.js';

/** Changes that stacks wait for, by what they change: CloudFormation is done with a record when its change is INSYNC. */
const awaitedChanges = accountWide('route-53.stack-changes', () => new Map<string, string>());

export const awaitChange = (what: string, info: R53.ChangeInfo | undefined, ctx: Context): void =>
  void ctx.state(awaitedChanges).set(what, info?.Id ?? '');

export const changeIsInSync = async (what: string, ctx: Context): Promise<Stability> => {
  const Id = ctx.state(awaitedChanges).get(what);
  if (Id === undefined) return { stable: true };
  const { ChangeInfo } = await ctx.call<R53.GetChangeResponse>('route-53', 'GetChange', { Id });
  return ChangeInfo?.Status === 'INSYNC' ? { stable: true } : undefined;
};

const recordProperties = ['Name', 'Type', 'SetIdentifier', 'Weight', 'Failover', 'TTL', 'ResourceRecords', 'AliasTarget', 'HealthCheckId'];

const toRecordSet = (properties: ResourceProperties): R53.ResourceRecordSet => {
  const read = readProperties('AWS::Route53::RecordSet', properties, [...recordProperties, 'HostedZoneId', 'HostedZoneName', 'Comment']);
  const alias = properties.AliasTarget as Record<string, unknown> | undefined;
  if (alias) acceptProperties('AWS::Route53::RecordSet AliasTarget', alias, ['DNSName', 'HostedZoneId', 'EvaluateTargetHealth']);
  return {
    Name: read.text('Name'),
    Type: read.text('Type') as R53.RRType,
    SetIdentifier: read.text('SetIdentifier'),
    Weight: read.number('Weight'),
    Failover: read.text('Failover') as R53.ResourceRecordSetFailover | undefined,
    TTL: read.number('TTL'),
    ResourceRecords: read.texts('ResourceRecords')?.map((Value) => ({ Value })),
    HealthCheckId: read.text('HealthCheckId'),
    ...(alias
      ? {
          AliasTarget: {
            DNSName: String(alias.DNSName),
            HostedZoneId: String(alias.HostedZoneId),
            EvaluateTargetHealth: String(alias.EvaluateTargetHealth) === 'true',
          },
        }
      : {}),
  };
};

/** Finds the zone as CloudFormation does: by id, or by a name that only one zone may have. */
const zoneIdOf = async (properties: ResourceProperties, ctx: Context): Promise<string> => {
  const { HostedZoneId, HostedZoneName: name } = properties as { HostedZoneId?: string; HostedZoneName?: string };
  if (HostedZoneId !== undefined) return HostedZoneId;
  if (!name?.endsWith('.')) throw new AwsError('InvalidRequest', `Hosted zone name ${name} must end with a dot`, { status: 400 });
  const { HostedZones = [] } = await ctx.call<R53.ListHostedZonesByNameResponse>('route-53', 'ListHostedZonesByName', { DNSName: name });
  const found = HostedZones.filter((zone) => zone.Name === canonicalName(name));
  if (found.length === 1) return found[0]!.Id!;
  const problem = found.length === 0 ? `No hosted zones named ${name} found.` : `More than one hosted zone is named ${name}`;
  throw new AwsError('InvalidRequest', problem, { status: 400 });
};

const send = async (zoneFrom: ResourceProperties, changes: R53.Change[], what: string, ctx: Context): Promise<void> => {
  const input = { HostedZoneId: await zoneIdOf(zoneFrom, ctx), ChangeBatch: { Changes: changes } };
  const { ChangeInfo } = await ctx.call<R53.ChangeResourceRecordSetsResponse>('route-53', 'ChangeResourceRecordSets', input);
  awaitChange(what, ChangeInfo, ctx);
};

/** What makes the sets of `before` those of `after`, in one batch. */
const changesBetween = (before: readonly R53.ResourceRecordSet[], after: readonly R53.ResourceRecordSet[]): R53.Change[] => {
  const isIn = (set: R53.ResourceRecordSet, sets: readonly R53.ResourceRecordSet[]): boolean =>
    sets.some((other) => recordKey(other) === recordKey(set));
  return [
    ...before.filter((set) => !isIn(set, after)).map((set) => ({ Action: 'DELETE' as const, ResourceRecordSet: set })),
    ...after.map((set) => ({ Action: isIn(set, before) ? ('UPSERT' as const) : ('CREATE' as const), ResourceRecordSet: set })),
  ];
};

const waitedFor = (properties: ResourceProperties): string => `record ${recordKey(toRecordSet(properties))}`;

export const recordSet: ResourceType = {
  type: 'AWS::Route53::RecordSet',
  replacedOn: ['Name', 'HostedZoneId', 'HostedZoneName'],
  create: async (properties, ctx) => {
    const set = toRecordSet(properties);
    await send(properties, changesBetween([], [set]), waitedFor(properties), ctx);
    return { physicalId: set.Name! };
  },
  stable: (_name, properties, ctx) => changeIsInSync(waitedFor(properties), ctx),
  update: async (name, properties, previous, ctx) => {
    await send(properties, changesBetween([toRecordSet(previous)], [toRecordSet(properties)]), waitedFor(properties), ctx);
    return { physicalId: name };
  },
  delete: (_name, properties, ctx) => send(properties, changesBetween([toRecordSet(properties)], []), waitedFor(properties), ctx),
};

const setsOf = (properties: ResourceProperties): R53.ResourceRecordSet[] => {
  acceptProperties('AWS::Route53::RecordSetGroup', properties, ['RecordSets', 'HostedZoneId', 'HostedZoneName', 'Comment']);
  return ((properties.RecordSets ?? []) as ResourceProperties[]).map(toRecordSet);
};

export const recordSetGroup: ResourceType = {
  type: 'AWS::Route53::RecordSetGroup',
  replacedOn: ['HostedZoneId', 'HostedZoneName'],
  create: async (properties, ctx, names) => {
    const physicalId = names.generated();
    await send(properties, changesBetween([], setsOf(properties)), physicalId, ctx);
    return { physicalId };
  },
  stable: (physicalId, _properties, ctx) => changeIsInSync(physicalId, ctx),
  update: async (physicalId, properties, previous, ctx) => {
    await send(properties, changesBetween(setsOf(previous), setsOf(properties)), physicalId, ctx);
    return { physicalId };
  },
  delete: (physicalId, properties, ctx) => send(properties, changesBetween(setsOf(properties), []), physicalId, ctx),
};
