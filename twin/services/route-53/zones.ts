import type * as R53 from '@aws-sdk/client-route-53';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId, upperAlphanumeric } from '../fresh-id.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { startChange } from './changes.js';
import { allOf, withdraw } from './data-plane.js';
import { canonicalName, invalidInput, needZone, recordKey, route53Records, type ZoneRecord } from './records.js';
import { reversedName } from './record-sets.js';

const describe = (zone: ZoneRecord): R53.HostedZone => ({
  Id: `/hostedzone/${zone.id}`,
  Name: zone.name,
  CallerReference: zone.callerReference,
  Config: { ...(zone.comment === undefined ? {} : { Comment: zone.comment }), PrivateZone: false },
  ResourceRecordSetCount: zone.recordSets.size,
  ...(zone.acceleratedRecovery ? { Features: { AcceleratedRecoveryStatus: 'ENABLED' as const } } : {}),
});
const delegation = ({ nameServers }: ZoneRecord): R53.DelegationSet => ({ NameServers: [...nameServers] });

const create = (input: R53.CreateHostedZoneRequest, ctx: Context): ZoneRecord => {
  accept('CreateHostedZone', input, ['Name', 'CallerReference', 'HostedZoneConfig']);
  if (input.HostedZoneConfig?.PrivateZone) accept('CreateHostedZone', { PrivateZone: true }, []);
  const callerReference = need(input.CallerReference, 'CallerReference', 'InvalidInput');
  const name = canonicalName(need(input.Name, 'Name', 'InvalidInput'));
  if (!/^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+$/.test(name))
    throw new AwsError('InvalidDomainName', `The domain name '${input.Name}' is invalid.`);
  const { zones } = ctx.state(route53Records);
  if ([...zones.values()].some((zone) => zone.callerReference === callerReference)) {
    throw new AwsError(
      'HostedZoneAlreadyExists',
      `A hosted zone has already been created with the specified caller reference: ${callerReference}`,
    );
  }
  const id = `Z${freshId(ctx, 'route-53-zone', 20, upperAlphanumeric)}`;
  const digits = (): number => Number(`0x${freshId(ctx, 'route-53-name-server', 3)}`) % 2048;
  const nameServers = ['com', 'net', 'org', 'co.uk'].map((end) => `ns-${digits()}.awsdns-${digits() % 64}.${end}`);
  const zone: ZoneRecord = {
    id,
    name,
    callerReference,
    nameServers,
    comment: input.HostedZoneConfig?.Comment,
    acceleratedRecovery: false,
    recordSets: new Map(),
    version: 0,
  };
  const own: R53.ResourceRecordSet[] = [
    { Name: name, Type: 'NS', TTL: 172800, ResourceRecords: nameServers.map((server) => ({ Value: `${server}.` })) },
    {
      Name: name,
      Type: 'SOA',
      TTL: 900,
      ResourceRecords: [{ Value: `${nameServers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400` }],
    },
  ];
  for (const set of own) zone.recordSets.set(recordKey(set), set);
  zones.set(id, zone);
  return zone;
};

const remove = (id: string | undefined, ctx: Context): R53.ChangeInfo => {
  const zone = needZone(ctx, id);
  if (zone.recordSets.size > 2) {
    throw new AwsError(
      'HostedZoneNotEmpty',
      'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    );
  }
  const info = startChange(zone, [], undefined, ctx);
  ctx.state(route53Records).zones.delete(zone.id);
  withdraw(zone, ctx);
  return info;
};

const sortedByName = (ctx: Context): ZoneRecord[] =>
  [...ctx.state(route53Records).zones.values()].sort((one, other) => {
    const [left, right] = [reversedName(one.name), reversedName(other.name)];
    return left === right ? (one.id < other.id ? -1 : 1) : left < right ? -1 : 1;
  });

const mostOf = (asked: number | undefined): number => Math.min(100, asked ?? 100);

const listByName = (input: R53.ListHostedZonesByNameRequest, ctx: Context): R53.ListHostedZonesByNameResponse => {
  if (input.HostedZoneId && !input.DNSName) throw invalidInput('HostedZoneId is not allowed without DNSName');
  const start = input.DNSName === undefined ? '' : reversedName(canonicalName(input.DNSName));
  const from = sortedByName(ctx).filter((zone) => {
    const name = reversedName(zone.name);
    return name > start || (name === start && zone.id >= (input.HostedZoneId ?? ''));
  });
  const most = mostOf(input.MaxItems);
  const next = from[most];
  return {
    HostedZones: from.slice(0, most).map(describe),
    DNSName: input.DNSName,
    HostedZoneId: input.HostedZoneId,
    IsTruncated: next !== undefined,
    MaxItems: most,
    ...(next ? { NextDNSName: next.name, NextHostedZoneId: next.id } : {}),
  };
};

export const zoneOperations: Operations<typeof R53> = {
  CreateHostedZone: (input, ctx) => {
    const zone = create(input, ctx);
    const ChangeInfo = startChange(zone, allOf(zone), undefined, ctx);
    const Location = `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}`;
    return { HostedZone: describe(zone), ChangeInfo, DelegationSet: delegation(zone), Location };
  },
  UpdateHostedZoneFeatures: (input, ctx) => {
    accept('UpdateHostedZoneFeatures', input, ['HostedZoneId', 'EnableAcceleratedRecovery']);
    needZone(ctx, input.HostedZoneId).acceleratedRecovery = input.EnableAcceleratedRecovery ?? false;
    return {};
  },
  GetHostedZone: ({ Id }, ctx) => {
    const zone = needZone(ctx, Id);
    return { HostedZone: describe(zone), DelegationSet: delegation(zone) };
  },
  DeleteHostedZone: ({ Id }, ctx) => ({ ChangeInfo: remove(Id, ctx) }),
  UpdateHostedZoneComment: ({ Id, Comment }, ctx) => {
    const zone = needZone(ctx, Id);
    zone.comment = Comment;
    return { HostedZone: describe(zone) };
  },
  ListHostedZones: (input, ctx) => {
    accept('ListHostedZones', input, ['Marker', 'MaxItems']);
    const all = [...ctx.state(route53Records).zones.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
    const from = all.filter(({ id }) => id >= (input.Marker ?? ''));
    const most = mostOf(input.MaxItems);
    const next = from[most];
    const rest = { Marker: input.Marker ?? '', IsTruncated: next !== undefined, MaxItems: most, ...(next ? { NextMarker: next.id } : {}) };
    return { HostedZones: from.slice(0, most).map(describe), ...rest };
  },
  ListHostedZonesByName: listByName,
};
