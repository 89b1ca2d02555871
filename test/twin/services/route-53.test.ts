import { describe, expect, test } from '@jest/globals';
import type * as R53 from '@aws-sdk/client-route-53';
import fc from 'fast-check';
import type { AnswerView } from '../../../twin/services/route-53/answering-zone.js';
import { answer } from '../../../twin/services/route-53/answers.js';
import { route53 } from '../../../twin/services/route-53/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';
import { a, zoneWorld } from '../../helpers/zone-world.js';

const elbZone = 'Z32O12XQLNTSW2';
const elbName = 'web-1.eu-west-1.elb.amazonaws.com';

describe('a zone', () => {
  test('has four name servers, and is answered with its own records once its creation is INSYNC', async () => {
    const { made, ask, pass } = await zoneWorld();
    expect(made.DelegationSet!.NameServers).toHaveLength(4);
    expect(ask('example.com', 'NS').rcode).toBe('REFUSED');
    await pass(60);
    expect(ask('example.com', 'NS').answers).toHaveLength(4);
    expect(ask('example.com', 'SOA').answers).toHaveLength(1);
  });

  test('is found by name, and deleted only when nothing but its own records is left', async () => {
    const { call, change, HostedZoneId } = await zoneWorld();
    const found = await call<R53.ListHostedZonesByNameResponse>('ListHostedZonesByName', { DNSName: 'example.com.' });
    expect(found.HostedZones![0]!.Id).toBe(`/hostedzone/${HostedZoneId}`);
    await change(['CREATE', a('www.example.com', '192.0.2.1')]);
    await expect(call('DeleteHostedZone', { Id: HostedZoneId })).rejects.toMatchObject({ code: 'HostedZoneNotEmpty' });
    await change(['DELETE', a('www.example.com', '192.0.2.1')]);
    await call('DeleteHostedZone', { Id: HostedZoneId });
    await expect(call('GetHostedZone', { Id: HostedZoneId })).rejects.toMatchObject({ code: 'NoSuchHostedZone' });
  });
});

describe('a change', () => {
  test('is PENDING and unanswered, then INSYNC and answered', async () => {
    const { call, change, data, pass } = await zoneWorld();
    const { ChangeInfo } = await change(['CREATE', a('www.example.com', '192.0.2.1')]);
    expect(ChangeInfo!.Status).toBe('PENDING');
    expect(data('www.example.com')).toEqual([]);
    await pass(60);
    expect((await call<R53.GetChangeResponse>('GetChange', { Id: ChangeInfo!.Id })).ChangeInfo!.Status).toBe('INSYNC');
    expect(data('WWW.Example.com.')).toEqual(['192.0.2.1']);
  });

  test('that is overtaken by a later one does not bring the older answer back', async () => {
    for (let seed = 0; seed < 10; seed++) {
      const { change, data, pass } = await zoneWorld();
      await change(['CREATE', a('www.example.com', '192.0.2.1')]);
      await pass(seed);
      await change(['UPSERT', a('www.example.com', '192.0.2.2')]);
      await pass(60);
      expect(data('www.example.com')).toEqual(['192.0.2.2']);
    }
  });

  test('stays PENDING when us-east-1 is lost before it got out, and nothing more can be changed, but answers go on', async () => {
    const { change, data, pass, world } = await zoneWorld();
    await change(['CREATE', a('www.example.com', '192.0.2.1')]);
    await pass(60);
    await change(['UPSERT', a('www.example.com', '192.0.2.2')]);
    await world.loseRegion('us-east-1');
    await pass(600);
    expect(data('www.example.com')).toEqual(['192.0.2.1']);
    await expect(change(['UPSERT', a('www.example.com', '192.0.2.3')])).rejects.toThrow('us-east-1 is lost');
  });

  test('is applied as a whole or not at all', async () => {
    const { change, call, HostedZoneId } = await zoneWorld();
    const batch = change(['CREATE', a('one.example.com', '192.0.2.1')], ['DELETE', a('two.example.com', '192.0.2.2')]);
    await expect(batch).rejects.toMatchObject({
      code: 'InvalidChangeBatch',
      message: "[Tried to delete resource record set [name='two.example.com.', type='A'] but it was not found]",
      options: { fields: { messages: [expect.stringContaining('not found')] } },
    });
    const { ResourceRecordSets } = await call<R53.ListResourceRecordSetsResponse>('ListResourceRecordSets', { HostedZoneId });
    expect(ResourceRecordSets!.map(({ Type }) => Type)).toEqual(['NS', 'SOA']);
  });

  test.each<[string, R53.ResourceRecordSet, string | RegExp]>([
    [
      'an existing set',
      a('www.example.com', '192.0.2.9'),
      "Tried to create resource record set [name='www.example.com.', type='A'] but it already exists",
    ],
    ['a foreign name', a('www.example.org', '192.0.2.1'), 'RRSet with DNS name www.example.org. is not permitted in zone example.com.'],
    [
      'a CNAME at the apex',
      { Name: 'example.com', Type: 'CNAME', TTL: 1, ResourceRecords: [{ Value: 'x.example.com' }] },
      'not permitted at apex',
    ],
    [
      'a CNAME beside others',
      { Name: 'www.example.com', Type: 'CNAME', TTL: 1, ResourceRecords: [{ Value: 'x.example.com' }] },
      'as it conflicts with other records',
    ],
    ['an address that is none', a('x.example.com', '192.0.2'), 'Value is not a valid IPv4 address'],
    [
      'a failover set beside a simple one',
      a('www.example.com', '192.0.2.1', { Failover: 'PRIMARY', SetIdentifier: 'a' }),
      'RRSet with DNS name www.example.com., type A, SetIdentifier a cannot be created as a non-failover set exists with the same name and type.',
    ],
    [
      'latencies',
      a('w.example.com', '192.0.2.1', { Region: 'eu-west-1', SetIdentifier: 'a' }),
      'NotModelled: record set w.example.com. with Region',
    ],
    ['an unknown health check', a('h.example.com', '192.0.2.1', { HealthCheckId: 'none' }), 'No health check exists'],
  ])('refuses %s in the words of Route 53', async (_what, set, message) => {
    const { change } = await zoneWorld();
    await change(['CREATE', a('www.example.com', '192.0.2.1')]);
    await expect(change(['CREATE', set])).rejects.toThrow(message);
  });

  test('needs the target of an alias to be there', async () => {
    const { change, HostedZoneId } = await zoneWorld();
    const alias = (DNSName: string, zone: string): R53.ResourceRecordSet => ({
      ...{ Name: 'www.example.com', Type: 'A', AliasTarget: { DNSName, HostedZoneId: zone, EvaluateTargetHealth: false } },
    });
    await expect(change(['CREATE', alias('origin.example.com', HostedZoneId)])).rejects.toThrow('but that target was not found');
    await expect(change(['CREATE', alias('web-1.eu-central-1.elb.amazonaws.com', elbZone)])).rejects.toThrow(
      'does not lie within the target zone',
    );
    await expect(
      change(['CREATE', a('origin.example.com', '192.0.2.1')], ['CREATE', alias('origin.example.com', HostedZoneId)]),
    ).resolves.toBeDefined();
  });
});

test('record sets are listed by name from the right, in pages', async () => {
  const { change, call, HostedZoneId } = await zoneWorld();
  const names = ['b.example.com', 'z.a.example.com', 'a.example.com', '*.example.com'];
  await change(...names.map((name): [R53.ChangeAction, R53.ResourceRecordSet] => ['CREATE', a(name, '192.0.2.1')]));
  const listed: string[] = [];
  let start: object = {};
  for (let more = true; more;) {
    const page = await call<R53.ListResourceRecordSetsResponse>('ListResourceRecordSets', { HostedZoneId, MaxItems: 2, ...start });
    listed.push(...page.ResourceRecordSets!.map(({ Name, Type }) => `${Name} ${Type}`));
    start = { StartRecordName: page.NextRecordName, StartRecordType: page.NextRecordType };
    more = page.IsTruncated!;
  }
  const rest = ['\\052.example.com. A', 'a.example.com. A', 'z.a.example.com. A', 'b.example.com. A'];
  expect(listed).toEqual(['example.com. NS', 'example.com. SOA', ...rest]);
});

describe('answers', () => {
  test('follow CNAMEs and aliases within the zone; an alias answers under its own name', async () => {
    const { change, ask, pass, HostedZoneId, dataplane } = await zoneWorld();
    dataplane.network.announce(elbName, ['127.9.0.1']);
    const alias = (Name: string, DNSName: string, zone: string): R53.ResourceRecordSet => ({
      ...{ Name, Type: 'A', AliasTarget: { DNSName, HostedZoneId: zone, EvaluateTargetHealth: false } },
    });
    await change(
      ['CREATE', alias('dublin.origin.example.com', `dualstack.${elbName}`, elbZone)],
      ['CREATE', alias('www.example.com', 'dublin.origin.example.com', HostedZoneId)],
      ['CREATE', { Name: 'shop.example.com', Type: 'CNAME', TTL: 30, ResourceRecords: [{ Value: 'www.example.com' }] }],
    );
    await pass(60);
    expect(ask('www.example.com').answers).toEqual([{ name: 'www.example.com', type: 'A', ttl: 60, data: '127.9.0.1' }]);
    expect(ask('shop.example.com').answers).toEqual([
      { name: 'shop.example.com', type: 'CNAME', ttl: 30, data: 'www.example.com' },
      { name: 'www.example.com', type: 'A', ttl: 60, data: '127.9.0.1' },
    ]);
  });

  test('tell a name that is not there from a type that is not there, and know wildcards', async () => {
    const { change, ask, data, pass } = await zoneWorld();
    await change(['CREATE', a('a.b.example.com', '192.0.2.1')], ['CREATE', a('*.wild.example.com', '192.0.2.2')]);
    await pass(60);
    expect(ask('none.example.com')).toEqual({ rcode: 'NXDOMAIN', answers: [] });
    expect(ask('a.b.example.com', 'TXT')).toEqual({ rcode: 'NOERROR', answers: [] });
    expect(ask('b.example.com')).toEqual({ rcode: 'NOERROR', answers: [] });
    expect(ask('www.example.org').rcode).toBe('REFUSED');
    expect(data('x.y.wild.example.com')).toEqual(['192.0.2.2']);
  });

  test('of a failover pair: the primary when healthy, else the secondary when healthy, else the primary', () => {
    const health = fc.record({
      check: fc.constantFrom('none', 'healthy', 'unhealthy'),
      evaluatesTarget: fc.boolean(),
      targetHealthy: fc.boolean(),
    });
    fc.assert(
      fc.property(health, health, (primary, secondary) => {
        const sides = { PRIMARY: primary, SECONDARY: secondary };
        const recordSets = (['PRIMARY', 'SECONDARY'] as const).map((Failover): R53.ResourceRecordSet => ({
          ...{ Name: 'www.example.com.', Type: 'A', Failover, SetIdentifier: Failover },
          AliasTarget: {
            DNSName: `dualstack.${Failover.toLowerCase()}.eu-west-1.elb.amazonaws.com.`,
            HostedZoneId: elbZone,
            EvaluateTargetHealth: sides[Failover].evaluatesTarget,
          },
          ...(sides[Failover].check === 'none' ? {} : { HealthCheckId: Failover }),
        }));
        const view: AnswerView = {
          zones: [{ id: 'Z1', name: 'example.com.', recordSets }],
          isHealthy: (id) => sides[id as keyof typeof sides].check !== 'unhealthy',
          addressesOf: (host) => [host.split('.')[0]!],
          hasHealthyTargets: (host) => sides[host.split('.')[0]!.toUpperCase() as keyof typeof sides].targetHealthy,
          draw: () => 0,
        };
        const good = ({ check, evaluatesTarget, targetHealthy }: typeof primary): boolean =>
          check !== 'unhealthy' && (targetHealthy || !evaluatesTarget);
        const expected = !good(primary) && good(secondary) ? 'secondary' : 'primary';
        expect(answer(view, 'www.example.com', 'A').answers.map(({ data }) => data)).toEqual([expected]);
      }),
      { numRuns: 144 },
    );
  });

  test('of an alias that evaluates a name in its zone look at the health of the records there', async () => {
    const { change, check, data, pass, HostedZoneId, dataplane } = await zoneWorld();
    const id = await check();
    const pair = (Failover: R53.ResourceRecordSetFailover, DNSName: string): R53.ResourceRecordSet => ({
      ...{ Name: 'www.example.com', Type: 'A', Failover, SetIdentifier: Failover },
      AliasTarget: { DNSName, HostedZoneId, EvaluateTargetHealth: Failover === 'PRIMARY' },
    });
    await change(
      ['CREATE', a('one.example.com', '192.0.2.1', { HealthCheckId: id })],
      ['CREATE', a('two.example.com', '192.0.2.2')],
      ['CREATE', pair('PRIMARY', 'one.example.com')],
      ['CREATE', pair('SECONDARY', 'two.example.com')],
    );
    await pass(60);
    expect(data('www.example.com')).toEqual(['192.0.2.1']);
    dataplane.probeAnswers.set('a.example.com', 500);
    await pass(30);
    expect(data('www.example.com')).toEqual(['192.0.2.2']);
  });
});

describe('a health check', () => {
  const withPair = async (config: Partial<R53.HealthCheckConfig>) => {
    const world = await zoneWorld();
    const HealthCheckId = await world.check(config);
    await world.change(
      ['CREATE', a('www.example.com', '192.0.2.1', { Failover: 'PRIMARY', SetIdentifier: 'one', HealthCheckId })],
      ['CREATE', a('www.example.com', '192.0.2.2', { Failover: 'SECONDARY', SetIdentifier: 'two' })],
    );
    await world.pass(60);
    const isHealthy = () => world.data('www.example.com')[0] === '192.0.2.1';
    return { ...world, HealthCheckId, isHealthy };
  };

  test('moves a failover pair after as many failures in a row as its threshold, and back after as many successes', async () => {
    const { isHealthy, pass, dataplane } = await withPair({});
    dataplane.probeAnswers.set('a.example.com', 503);
    await pass(29);
    expect(isHealthy()).toBe(true);
    await pass(1);
    expect(isHealthy()).toBe(false);
    dataplane.probeAnswers.set('a.example.com', 200);
    await pass(20);
    expect(isHealthy()).toBe(false);
    await pass(10);
    expect(isHealthy()).toBe(true);
  });

  test('goes on, and moves the answers, while the region of its endpoint and the control plane are lost', async () => {
    const { isHealthy, pass, dataplane, world } = await withPair({});
    await world.loseRegion('eu-central-1');
    await world.loseRegion('us-east-1');
    dataplane.probeAnswers.set('a.example.com', 503);
    await pass(30);
    expect(isHealthy()).toBe(false);
  });

  test('inverted: healthy while its endpoint cannot be read, unhealthy once it can', async () => {
    const FullyQualifiedDomainName = 'switch.s3.eu-central-1.amazonaws.com';
    const { isHealthy, pass, dataplane } = await withPair({
      Type: 'HTTPS',
      FullyQualifiedDomainName,
      ResourcePath: '/cut-over',
      Inverted: true,
    });
    dataplane.probeAnswers.set(FullyQualifiedDomainName, 404);
    await pass(30);
    expect(isHealthy()).toBe(true);
    dataplane.probeAnswers.set(FullyQualifiedDomainName, 200);
    await pass(30);
    expect(isHealthy()).toBe(false);
  });

  test('inverted and new counts as unhealthy until there is data; not inverted, as healthy', async () => {
    const { change, check, data, pass, dataplane } = await zoneWorld();
    await pass(60);
    dataplane.probeAnswers.set('a.example.com', 404);
    const pair = async (name: string, HealthCheckId: string) => {
      await change(
        ['CREATE', a(name, '192.0.2.1', { Failover: 'PRIMARY', SetIdentifier: 'one', HealthCheckId })],
        ['CREATE', a(name, '192.0.2.2', { Failover: 'SECONDARY', SetIdentifier: 'two' })],
      );
      await pass(60);
    };
    await pair('plain.example.com', await check({ RequestInterval: 30, FailureThreshold: 10 }));
    await pair('inverted.example.com', await check({ RequestInterval: 30, FailureThreshold: 10, Inverted: true }));
    expect([data('plain.example.com'), data('inverted.example.com')]).toEqual([['192.0.2.1'], ['192.0.2.2']]);
    await pass(300);
    expect([data('plain.example.com'), data('inverted.example.com')]).toEqual([['192.0.2.2'], ['192.0.2.1']]);
  });

  test('disabled counts as healthy whatever its endpoint answers', async () => {
    const { isHealthy, pass, call, HealthCheckId, dataplane } = await withPair({});
    dataplane.probeAnswers.set('a.example.com', 503);
    await pass(30);
    expect(isHealthy()).toBe(false);
    await call('UpdateHealthCheck', { HealthCheckId, Disabled: true });
    expect(isHealthy()).toBe(true);
  });

  test('of other health checks is healthy while enough of them are', async () => {
    const { change, check, data, pass, dataplane } = await zoneWorld();
    const children = [
      await check({ FullyQualifiedDomainName: 'a.example.com' }),
      await check({ FullyQualifiedDomainName: 'b.example.com' }),
    ];
    const calculated = { Type: 'CALCULATED' as const, ChildHealthChecks: children, HealthThreshold: 1 };
    const HealthCheckId = await check({
      ...calculated,
      FullyQualifiedDomainName: undefined,
      RequestInterval: undefined,
      FailureThreshold: undefined,
    });
    await change(
      ['CREATE', a('www.example.com', '192.0.2.1', { Failover: 'PRIMARY', SetIdentifier: 'one', HealthCheckId })],
      ['CREATE', a('www.example.com', '192.0.2.2', { Failover: 'SECONDARY', SetIdentifier: 'two' })],
    );
    dataplane.probeAnswers.set('a.example.com', 500);
    await pass(60);
    expect(data('www.example.com')).toEqual(['192.0.2.1']);
    dataplane.probeAnswers.set('b.example.com', 500);
    await pass(30);
    expect(data('www.example.com')).toEqual(['192.0.2.2']);
  });

  test('shows what its checkers saw, and is the same one when created again alike', async () => {
    const { call, check, pass, dataplane } = await zoneWorld();
    const id = await check();
    expect(await check()).toBe(id);
    dataplane.probeAnswers.set('a.example.com', 503);
    await pass(10);
    const { HealthCheckObservations: seen } = await call<R53.GetHealthCheckStatusResponse>('GetHealthCheckStatus', { HealthCheckId: id });
    expect(seen).toMatchObject([{ StatusReport: { Status: 'Failure: HTTP Status Code 503' } }]);
  });

  test('in use cannot be deleted; its interval cannot be changed; a stale version is refused', async () => {
    const { call, HealthCheckId } = await withPair({});
    await expect(call('DeleteHealthCheck', { HealthCheckId })).rejects.toMatchObject({ code: 'HealthCheckInUse' });
    await expect(call('UpdateHealthCheck', { HealthCheckId, RequestInterval: 30 })).rejects.toThrow('RequestInterval');
    await call('UpdateHealthCheck', { HealthCheckId, HealthCheckVersion: 1, FailureThreshold: 1 });
    const stale = call('UpdateHealthCheck', { HealthCheckId, HealthCheckVersion: 1, FailureThreshold: 2 });
    await expect(stale).rejects.toMatchObject({ code: 'HealthCheckVersionMismatch' });
  });

  test.each([
    ['an interval other than 10 or 30', { RequestInterval: 20 }],
    ['a search string it does not use', { SearchString: 'ok' }],
    ['no endpoint', { FullyQualifiedDomainName: undefined }],
  ])('is refused with %s', async (_what, config) => {
    const { check } = await zoneWorld();
    await expect(check(config)).rejects.toMatchObject({ code: 'InvalidInput' });
  });
});

describe('as CloudFormation resources', () => {
  const type = (name: string) => route53.resourceTypes!.find((one) => one.type === `AWS::Route53::${name}`)!;
  const names = { stackName: 's', stackId: 'id', logicalId: 'l', generated: () => `s-l-${name++}` };
  let name = 0;

  test('a failover pair by zone name waits until it is INSYNC, is updated in place and goes', async () => {
    const { ctx, data, pass, call, HostedZoneId } = await zoneWorld();
    const operation = ctx().operation('stack');
    const config = {
      Type: 'HTTPS',
      FullyQualifiedDomainName: 'a.example.com',
      Port: '443',
      Inverted: 'true',
      RequestInterval: '10',
      EnableSNI: true,
      MeasureLatency: false,
    };
    const checked = await type('HealthCheck').create({ HealthCheckConfig: config }, operation, names);
    const record = (Failover: string, address: string, HealthCheckId?: string) => ({
      ...{ HostedZoneName: 'example.com.', Name: 'www.example.com.', Type: 'A', TTL: '60', ResourceRecords: [address] },
      ...{ Failover, SetIdentifier: Failover.toLowerCase(), ...(HealthCheckId ? { HealthCheckId } : {}) },
    });
    const primary = record('PRIMARY', '192.0.2.1', checked.physicalId);
    const secondary = record('SECONDARY', '192.0.2.2');
    const made = await type('RecordSet').create(primary, operation, names);
    await type('RecordSet').create(secondary, operation, names);
    expect(made.physicalId).toBe('www.example.com.');
    expect(await type('RecordSet').stable!(made.physicalId, primary, operation)).toBeUndefined();
    expect(await operation.completeOperation('stack')).toBeLessThanOrEqual(60);
    expect(await type('RecordSet').stable!(made.physicalId, primary, operation)).toEqual({ stable: true });
    expect(data('www.example.com')).toEqual(['192.0.2.2']);
    const moved = { ...secondary, ResourceRecords: ['192.0.2.3'] };
    await type('RecordSet').update!('www.example.com.', moved, secondary, operation, names);
    await pass(60);
    expect(data('www.example.com')).toEqual(['192.0.2.3']);
    await type('RecordSet').delete('www.example.com.', primary, operation);
    await type('RecordSet').delete('www.example.com.', moved, operation);
    await type('HealthCheck').delete(checked.physicalId, { HealthCheckConfig: config }, operation);
    const { ResourceRecordSets } = await call<R53.ListResourceRecordSetsResponse>('ListResourceRecordSets', { HostedZoneId });
    expect(ResourceRecordSets).toHaveLength(2);
  });

  test('a zone gives its id and name servers', async () => {
    const { ctx } = await zoneWorld();
    const zone = await type('HostedZone').create({ Name: 'example.net.' }, ctx(), names);
    expect(zone.physicalId).toMatch(/^Z[A-Z0-9]{20}$/);
    expect(zone.attributes).toMatchObject({
      Id: zone.physicalId,
      NameServers: expect.arrayContaining([expect.stringContaining('awsdns')]),
    });
    const missing = type('RecordSet').create(
      { HostedZoneName: 'example.org.', Name: 'a.example.org.', Type: 'A', TTL: '1', ResourceRecords: ['192.0.2.1'] },
      ctx(),
      names,
    );
    await expect(missing).rejects.toThrow('No hosted zones named example.org. found.');
  });
});

test('accelerated recovery is shown once it was asked for, by a call or by a stack', async () => {
  const world = serviceWorld([route53]);
  const { HostedZone } = await world.call<{ HostedZone: { Id: string } }>('route-53', 'CreateHostedZone', {
    Name: 'example.com',
    CallerReference: 'one',
  });
  const features = async (Id: string) =>
    (await world.call<{ HostedZone: { Features?: object } }>('route-53', 'GetHostedZone', { Id })).HostedZone.Features;
  expect(await features(HostedZone.Id)).toBeUndefined();
  await world.call('route-53', 'UpdateHostedZoneFeatures', { HostedZoneId: HostedZone.Id, EnableAcceleratedRecovery: true });
  expect(await features(HostedZone.Id)).toEqual({ AcceleratedRecoveryStatus: 'ENABLED' });

  const type = resourceTypeOf(route53, 'AWS::Route53::HostedZone');
  const properties = { Name: 'example.org', HostedZoneFeatures: { EnableAcceleratedRecovery: true } };
  const { physicalId } = await type.create(properties, world.ctx(), resourceNames());
  expect(await features(physicalId)).toEqual({ AcceleratedRecoveryStatus: 'ENABLED' });
  await type.update!(physicalId, { Name: 'example.org' }, properties, world.ctx(), resourceNames());
  expect(await features(physicalId)).toBeUndefined();
});
