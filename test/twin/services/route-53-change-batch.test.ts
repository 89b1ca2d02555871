import { describe, expect, test } from '@jest/globals';
import type * as R53 from '@aws-sdk/client-route-53';
import { a, zoneWorld } from '../../helpers/zone-world.js';

const elbName = 'dualstack.web-1.eu-west-1.elb.amazonaws.com.';
const www = 'www.example.com.';
const weighted = (SetIdentifier: string, Weight = 1, more: Partial<R53.ResourceRecordSet> = {}) =>
  a(www, '192.0.2.1', { Weight, SetIdentifier, ...more });
const cname = (Name: string, more: Partial<R53.ResourceRecordSet> = {}): R53.ResourceRecordSet => ({
  ...{ Name, Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value: 'elsewhere.example.org' }] },
  ...more,
});
const alias = (DNSName: string, HostedZoneId: string): R53.ResourceRecordSet => ({
  ...{ Name: 'alias.example.com.', Type: 'A', AliasTarget: { DNSName, HostedZoneId, EvaluateTargetHealth: false } },
});
type Changes = [R53.ChangeAction, R53.ResourceRecordSet][];

describe('a change batch', () => {
  test.each<[string, Changes, Changes, string]>([
    [
      'a weighted set beside a simple one',
      [['CREATE', a(www, '192.0.2.1')]],
      [['CREATE', weighted('blue')]],
      `RRSet with DNS name ${www}, type A, SetIdentifier blue cannot be created as a non-weighted set exists with the same name and type.`,
    ],
    [
      'a simple set beside weighted ones',
      [['CREATE', weighted('blue')]],
      [['CREATE', a(www, '192.0.2.1')]],
      `RRSet with DNS name ${www}, type A cannot be created as other RRSets exist with the same name and type.`,
    ],
    [
      'weighted sets with different TTLs',
      [['CREATE', weighted('blue')]],
      [['CREATE', weighted('green', 1, { TTL: 300 })]],
      `RRSet with DNS name ${www} and type A, SetIdentifier green cannot be created as weighted sets must contain the same TTL.`,
    ],
    [
      'a set identifier that is taken',
      [['CREATE', weighted('blue')]],
      [['CREATE', weighted('blue', 9)]],
      `Tried to create resource record set [name='${www}', type='A', set-identifier='blue'] but it already exists`,
    ],
    [
      'a second primary',
      [['CREATE', { ...alias(elbName, 'Z32O12XQLNTSW2'), Failover: 'PRIMARY', SetIdentifier: 'one' }]],
      [['CREATE', { ...alias(elbName, 'Z32O12XQLNTSW2'), Failover: 'PRIMARY', SetIdentifier: 'two' }]],
      'because a failover RRSet with the same name, type and failover already exists.',
    ],
    [
      'a primary with addresses and no health check',
      [],
      [['CREATE', a(www, '192.0.2.1', { Failover: 'PRIMARY', SetIdentifier: 'one' })]],
      'A non-alias primary ResourceRecordSet must have an associated health check. No changes made.',
    ],
    [
      'an address beside a CNAME',
      [['CREATE', cname(www)]],
      [['CREATE', a(www, '192.0.2.1')]],
      `RRSet of type A with DNS name ${www} is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone example.com.`,
    ],
    [
      'a deletion with another TTL',
      [['CREATE', a(www, '192.0.2.1')]],
      [['DELETE', a(www, '192.0.2.1', { TTL: 61 })]],
      `Tried to delete resource record set [name='${www}', type='A'] but the values provided do not match the current values`,
    ],
    [
      'a deletion with another weight',
      [['CREATE', weighted('blue', 1)]],
      [['DELETE', weighted('blue', 2)]],
      `[name='${www}', type='A', set-identifier='blue'] but the values provided do not match the current values`,
    ],
    [
      'an alias to a name that is not in the zone',
      [],
      [['CREATE', alias('none.example.com.', 'ZONE')]],
      'Tried to create an alias that targets none.example.com., type A in zone ZONE, but that target was not found',
    ],
    [
      'an alias to a load balancer with this zone’s own id',
      [],
      [['CREATE', alias(elbName, 'ZONE')]],
      `Tried to create an alias that targets ${elbName}, type A in zone ZONE, but the alias target name does not lie within the target zone, Tried to create an alias that targets ${elbName}, type A in zone ZONE, but that target was not found`,
    ],
    [
      'an alias to a load balancer with the zone of another region’s',
      [],
      [['CREATE', alias(elbName, 'Z215JYRZR1TBD5')]],
      'but the alias target name does not lie within the target zone',
    ],
    [
      'the same set twice',
      [],
      [
        ['UPSERT', a(www, '192.0.2.1')],
        ['UPSERT', a(www, '192.0.2.2')],
      ],
      `The request contains an invalid set of changes for a resource record set 'A ${www}'`,
    ],
    [
      'more than 1,000 values, an UPSERT counting twice',
      [],
      Array.from({ length: 501 }, (_, nth) => ['UPSERT', a(`n${nth}.example.com`, '192.0.2.1')]),
      'Number of records limit of 1000 exceeded.',
    ],
    [
      'more than 32,000 characters of values',
      [],
      Array.from({ length: 80 }, (_, nth) => [
        'UPSERT',
        { Name: `t${nth}.example.com`, Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: `"${'x'.repeat(248)}"` }] },
      ]),
      'RDATA character limit of 32000 exceeded.',
    ],
    [
      'a set of more than 400 values',
      [],
      [['CREATE', { ...a(www, ''), ResourceRecords: Array.from({ length: 401 }, (_, n) => ({ Value: `192.0.${n >> 8}.${n & 255}` })) }]],
      'Cannot have more than 400 records in a RRSet.',
    ],
  ])('refuses %s in the words of Route 53', async (_what, before, changes, message) => {
    const { change, HostedZoneId } = await zoneWorld();
    if (before.length) await change(...before);
    const inZone = changes.map(([action, set]): Changes[number] => {
      const isHere = set.AliasTarget?.HostedZoneId === 'ZONE';
      return [action, isHere ? { ...set, AliasTarget: { ...set.AliasTarget!, HostedZoneId } } : set];
    });
    await expect(change(...inZone)).rejects.toMatchObject({
      code: 'InvalidChangeBatch',
      message: expect.stringContaining(message.replaceAll('ZONE', HostedZoneId)) as unknown,
    });
  });

  test.each<[string, Partial<R53.ResourceRecordSet>, string]>([
    [
      'weights without a set identifier',
      { Weight: 1 },
      "Missing field 'SetIdentifier' in Change with [Action=CREATE, Name=www.example.com.",
    ],
    ['two routing policies', { Weight: 1, Failover: 'PRIMARY', SetIdentifier: 'x' }, 'but found more than one in Change with'],
    ['a set identifier without a policy', { SetIdentifier: 'x' }, 'or MultiValueAnswer], but found none in Change with'],
    ['no TTL', { TTL: undefined }, 'all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in'],
    [
      'a TTL on an alias',
      { ResourceRecords: undefined, AliasTarget: { DNSName: elbName, HostedZoneId: 'Z32O12XQLNTSW2', EvaluateTargetHealth: false } },
      'or TrafficPolicyInstanceId], but found more than one in',
    ],
    ['a weight above 255', { Weight: 256, SetIdentifier: 'x' }, 'Member must have value less than or equal to 255'],
  ])('is not understood with %s', async (_what, more, message) => {
    const { change } = await zoneWorld();
    await expect(change(['CREATE', a(www, '192.0.2.1', more)])).rejects.toMatchObject({
      code: 'InvalidInput',
      message: expect.stringContaining(message) as unknown,
    });
  });

  test('says everything that is wrong with it at once, and changes nothing', async () => {
    const { change, call, HostedZoneId } = await zoneWorld();
    await change(['CREATE', a(www, '192.0.2.1')]);
    const listed = () => call<R53.ListResourceRecordSetsResponse>('ListResourceRecordSets', { HostedZoneId });
    const before = await listed();
    const batch = change(
      ['CREATE', a('fine.example.com', '192.0.2.9')],
      ['DELETE', a(www, '192.0.2.1')],
      ['CREATE', a('www.example.org', '192.0.2.1')],
      ['DELETE', a('none.example.com', '192.0.2.1')],
    );
    await expect(batch).rejects.toMatchObject({ options: { fields: { messages: [expect.anything(), expect.anything()] } } });
    expect(await listed()).toEqual(before);
  });

  test('may replace a set by another of the same name, and change the TTL of all weighted sets together', async () => {
    const { change, data, pass } = await zoneWorld();
    await change(['CREATE', a(www, '192.0.2.1')]);
    await change(['DELETE', a(www, '192.0.2.1')], ['CREATE', weighted('blue')], ['CREATE', weighted('green')]);
    await change(['UPSERT', weighted('blue', 1, { TTL: 5 })], ['UPSERT', weighted('green', 1, { TTL: 5 })]);
    await pass(60);
    expect(data('www.example.com')).toEqual(['192.0.2.1']);
  });

  test('leaves the zone its own records', async () => {
    const { change, call, HostedZoneId } = await zoneWorld();
    const { ResourceRecordSets = [] } = await call<R53.ListResourceRecordSetsResponse>('ListResourceRecordSets', { HostedZoneId });
    await expect(change(...ResourceRecordSets.map((set): Changes[number] => ['DELETE', set]))).rejects.toThrow(
      '[A HostedZone must contain at least one NS record for the zone itself., A HostedZone must contain exactly one SOA record.]',
    );
  });

  test('needs a zone that is there', async () => {
    const { call } = await zoneWorld();
    const ChangeBatch = { Changes: [{ Action: 'CREATE', ResourceRecordSet: a(www, '192.0.2.1') }] };
    await expect(call('ChangeResourceRecordSets', { HostedZoneId: 'Z0NE', ChangeBatch })).rejects.toMatchObject({
      code: 'NoSuchHostedZone',
      message: 'No hosted zone found with ID: Z0NE',
    });
  });
});

test('record sets are listed with the final dot counted, and page by name, type and set identifier', async () => {
  const { call, change, HostedZoneId } = await zoneWorld();
  await change(
    ['CREATE', a('a.example.com', '192.0.2.1')],
    ['CREATE', a('b.a.example.com', '192.0.2.1')],
    ['CREATE', a('a-b.example.com', '192.0.2.1')],
    ['CREATE', weighted('green')],
    ['CREATE', weighted('blue')],
  );
  const listed: string[] = [];
  for (let start: object | undefined = {}; start;) {
    const page: R53.ListResourceRecordSetsResponse = await call('ListResourceRecordSets', { HostedZoneId, MaxItems: 1, ...start });
    listed.push(...page.ResourceRecordSets!.map(({ Name, SetIdentifier }) => [Name, SetIdentifier].filter(Boolean).join(' ')));
    const next = {
      StartRecordName: page.NextRecordName,
      StartRecordType: page.NextRecordType,
      StartRecordIdentifier: page.NextRecordIdentifier,
    };
    start = page.IsTruncated ? next : undefined;
  }
  // "com.example.a-b." comes before "com.example.a.": a hyphen is before a dot in ASCII.
  const rest = ['a-b.example.com.', 'a.example.com.', 'b.a.example.com.', `${www} blue`, `${www} green`];
  expect(listed).toEqual(['example.com.', 'example.com.', ...rest]);
});
