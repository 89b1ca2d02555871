import { describe, expect, test } from '@jest/globals';
import type * as R53 from '@aws-sdk/client-route-53';
import { answer } from '../../../twin/services/route-53/answers.js';
import { route53 } from '../../../twin/services/route-53/index.js';
import { a, zoneWorld } from '../../helpers/zone-world.js';

const weighted = (Weight: number, Value: string, more: Partial<R53.ResourceRecordSet> = {}): R53.ResourceRecordSet =>
  a('www.example.com.', Value, { Weight, SetIdentifier: Value, ...more });

/** How often each address was the answer to `count` questions. */
const tally = (count: number, ask: () => readonly string[]): Record<string, number> => {
  const seen: Record<string, number> = {};
  for (let nth = 0; nth < count; nth++) for (const address of ask()) seen[address] = (seen[address] ?? 0) + 1;
  return seen;
};

describe('weighted records', () => {
  test('are answered by their share of the weights, one at a time', async () => {
    const { change, data, pass } = await zoneWorld();
    await change(['CREATE', weighted(3, '192.0.2.1')], ['CREATE', weighted(1, '192.0.2.2')], ['CREATE', weighted(0, '192.0.2.3')]);
    await pass(60);
    const seen = tally(4000, () => data('www.example.com'));
    expect(Object.keys(seen).sort()).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(seen['192.0.2.1']! / 4000).toBeCloseTo(0.75, 1);
  });

  test('that all weigh nothing are each as likely', async () => {
    const { change, data, pass } = await zoneWorld();
    await change(['CREATE', weighted(0, '192.0.2.1')], ['CREATE', weighted(0, '192.0.2.2')]);
    await pass(60);
    expect(tally(4000, () => data('www.example.com'))['192.0.2.1']! / 4000).toBeCloseTo(0.5, 1);
  });

  test('give the same answers to the same questions with the same seed, and others with another', async () => {
    const answers = async (seed: number) => {
      const { change, data, pass } = await zoneWorld([], seed);
      await change(['CREATE', weighted(1, '192.0.2.1')], ['CREATE', weighted(1, '192.0.2.2')]);
      await pass(60);
      return Array.from({ length: 40 }, () => data('www.example.com')[0]).join();
    };
    expect(await answers(7)).toBe(await answers(7));
    expect(await answers(8)).not.toBe(await answers(7));
  });

  // The developer guide's tables of "Health checks and weighted routing": weights 1, 1, 0.
  const [up, down] = [true, false];
  test.each<[boolean[], ('checked' | 'unchecked')[], number[]]>([
    [[down, down, up], ['checked', 'checked', 'checked'], [3]],
    [
      [down, down, down],
      ['checked', 'checked', 'checked'],
      [1, 2],
    ],
    [[down, up, down], ['checked', 'checked', 'checked'], [2]],
    [
      [up, up, down],
      ['checked', 'checked', 'checked'],
      [1, 2],
    ],
    [
      [up, up, up],
      ['checked', 'checked', 'checked'],
      [1, 2],
    ],
    [
      [up, up, down],
      ['checked', 'checked', 'unchecked'],
      [1, 2],
    ],
    [[down, down, down], ['checked', 'checked', 'unchecked'], [3]],
    [[down, up, down], ['checked', 'checked', 'unchecked'], [2]],
    [[down, down, down], ['unchecked', 'checked', 'checked'], [1]],
  ])('of health %j (%j) answer %j', (health, checks, expected) => {
    const recordSets = [1, 1, 0].map((Weight, at) =>
      weighted(Weight, `192.0.2.${at + 1}`, checks[at] === 'checked' ? { HealthCheckId: String(at) } : {}),
    );
    for (let step = 0; step < 100; step++) {
      const view = {
        zones: [{ id: 'Z1', name: 'example.com.', recordSets }],
        isHealthy: (id: string) => health[Number(id)]!,
        addressesOf: () => [],
        hasHealthyTargets: () => false,
        draw: () => step / 100,
      };
      const [found] = answer(view, 'www.example.com', 'A').answers;
      expect(expected.map((last) => `192.0.2.${last}`)).toContain(found?.data);
    }
  });

  test('leave out an alias whose evaluated target is unhealthy, and one that is not evaluated stays', async () => {
    const { change, check, data, pass, dataplane, HostedZoneId } = await zoneWorld();
    const HealthCheckId = await check();
    const alias = (SetIdentifier: string, DNSName: string, EvaluateTargetHealth: boolean): R53.ResourceRecordSet => ({
      ...{ Name: 'www.example.com', Type: 'A', Weight: 10, SetIdentifier },
      AliasTarget: { DNSName, HostedZoneId, EvaluateTargetHealth },
    });
    await change(
      ['CREATE', a('one.example.com', '192.0.2.1', { HealthCheckId })],
      ['CREATE', a('two.example.com', '192.0.2.2')],
      ['CREATE', alias('one', 'one.example.com', true)],
      ['CREATE', alias('two', 'two.example.com', true)],
    );
    await pass(60);
    expect(Object.keys(tally(100, () => data('www.example.com'))).sort()).toEqual(['192.0.2.1', '192.0.2.2']);
    dataplane.probeAnswers.set('a.example.com', 500);
    await pass(30);
    expect(tally(100, () => data('www.example.com'))).toEqual({ '192.0.2.2': 100 });
    await change(['UPSERT', alias('one', 'one.example.com', false)]);
    await pass(60);
    expect(Object.keys(tally(100, () => data('www.example.com'))).sort()).toEqual(['192.0.2.1', '192.0.2.2']);
  });

  test('are made by CloudFormation too, whose templates write weights as text', async () => {
    const { ctx, data, pass, HostedZoneId } = await zoneWorld();
    const type = route53.resourceTypes!.find((one) => one.type === 'AWS::Route53::RecordSet')!;
    const names = { stackName: 's', stackId: 'id', logicalId: 'l', generated: () => 'name' };
    const properties = { HostedZoneId, Name: 'www.example.com.', Type: 'A', TTL: '60', ResourceRecords: ['192.0.2.1'] };
    await type.create({ ...properties, Weight: '0', SetIdentifier: 'only' }, ctx(), names);
    await pass(60);
    expect(data('www.example.com')).toEqual(['192.0.2.1']);
  });
});

describe('TestDNSAnswer', () => {
  test('answers as the name servers do, once they know of it', async () => {
    const { call, change, pass, HostedZoneId, data } = await zoneWorld();
    const tested = (RecordName: string, RecordType = 'A') =>
      call<R53.TestDNSAnswerResponse>('TestDNSAnswer', { HostedZoneId, RecordName, RecordType });
    await change(['CREATE', a('www.example.com', '192.0.2.1')]);
    expect(await tested('www.example.com')).toMatchObject({ ResponseCode: 'REFUSED', RecordData: [] });
    await pass(60);
    expect(await tested('www.example.com')).toMatchObject({
      ResponseCode: 'NOERROR',
      RecordData: data('www.example.com'),
      Protocol: 'UDP',
    });
    expect(await tested('none.example.com')).toMatchObject({ ResponseCode: 'NXDOMAIN', RecordData: [] });
    await expect(tested('www.example.org')).rejects.toMatchObject({ code: 'InvalidInput' });
  });

  test('does not change which weighted record the next question gets', async () => {
    const asked = async (meanwhile: (world: Awaited<ReturnType<typeof zoneWorld>>) => Promise<unknown>) => {
      const world = await zoneWorld();
      await world.change(['CREATE', weighted(1, '192.0.2.1')], ['CREATE', weighted(1, '192.0.2.2')]);
      await world.pass(60);
      const seen: string[] = [];
      for (let nth = 0; nth < 20; nth++) {
        await meanwhile(world);
        seen.push(...world.data('www.example.com'));
      }
      return seen;
    };
    const test = (world: Awaited<ReturnType<typeof zoneWorld>>) =>
      world.call('TestDNSAnswer', { HostedZoneId: world.HostedZoneId, RecordName: 'www.example.com', RecordType: 'A' });
    expect(await asked(test)).toEqual(await asked(async () => undefined));
  });
});
