import { describe, expect, it } from '@jest/globals';
import { dnsAnswersFromSite } from '../../../recovery/checks/dns-answers-from-site.js';
import type { DnsView } from '../../../recovery/ports/network.js';
import { instant } from '../../../recovery/model/time.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { askCheck } from '../../helpers/step-suite.js';

const here = ['127.9.0.2', '127.9.0.3'];
const there = ['127.9.0.1'];
const view = (kind: DnsView['view'], addresses: readonly string[], error: string | null = null): DnsView => ({
  view: kind,
  server: `${kind}-server`,
  addresses,
  error,
});
const answering = (
  web: readonly DnsView[],
  origin = [view('authoritative', here), view('resolver', here)],
  site = 'frankfurt',
): RecoveryWorld => {
  const world = recoveryWorld();
  world.names.set('www.example.com', web);
  world.names.set('frankfurt.origin.example.com', origin);
  world.website.set('/info', () => ({ body: { site, epoch: 2, writable: true, database: 'reachable' } }));
  return world;
};
/** Asked at once after the switch was thrown. */
const proved = (world: RecoveryWorld, switchedAt = instant(world.now())) =>
  askCheck(dnsAnswersFromSite, { switchedAt, before: there }, world);
const everywhere = [view('authoritative', here), view('resolver', here)];

it('holds when every view leads here and the page there is this site’s', async () => {
  const world = answering(everywhere);
  expect(await proved(world)).toMatchObject({ holds: true });
  expect(world.requests).toEqual(['www.example.com/info']);
});

it('does not hold as long as one resolver leads to an address of neither side', async () => {
  const answer = await proved(answering([view('authoritative', here), view('resolver', ['127.9.0.77'])]));
  expect(answer).toMatchObject({ holds: false, observed: expect.stringContaining('resolver resolver-server: 127.9.0.77') as unknown });
});

it('does not hold as long as a name server still gives the old answer, however late it is', async () => {
  expect(await proved(answering([view('authoritative', there), view('resolver', here)]))).toMatchObject({ holds: false });
});

describe('a resolver that still gives the old answer', () => {
  const overHolding = { ...view('resolver', there), server: 'over-holder' };
  const ttlIsOver = 2 * 30 + 60;

  it('is waited for while it may be within its TTL, then named, not counted, and the rest is proof', async () => {
    const world = answering([...everywhere, overHolding]);
    const switchedAt = world.now();
    const { holds, data, observed } = await proved(world);
    expect(world.now()).toBe(switchedAt + (ttlIsOver + 5) * 1000);
    expect({ holds, data }).toEqual({
      holds: true,
      data: { addresses: here, overHolding: [{ server: 'over-holder', addresses: there, secondsPastTtl: 5 }] },
    });
    expect(observed).toContain('not counted: resolver over-holder still answers 127.9.0.1, at least 5 s after its TTL');
  });

  it('is proof of nothing when nobody else was asked', async () => {
    const world = answering([overHolding]);
    expect(await proved(world, instant(world.now() - 3_600_000))).toMatchObject({ holds: 'unknown' });
  });

  it('does not make up for a page that is another site’s', async () => {
    expect(await proved(answering([...everywhere, overHolding], undefined, 'dublin'))).toMatchObject({ holds: false });
  });
});

it('does not hold when the addresses are right and the page is another site’s', async () => {
  expect(await proved(answering(everywhere, undefined, 'dublin'))).toMatchObject({ holds: false });
});

it.each<[string, RecoveryWorld]>([
  ['a name server does not answer', answering([view('authoritative', [], 'ETIMEOUT'), view('resolver', here)])],
  ['nobody could be asked', answering([])],
  ['the site’s own name leads nowhere', answering([], [view('authoritative', [], 'ENOTFOUND')])],
])('is unknown when %s', async (_why, world) => {
  expect(await proved(world)).toMatchObject({ holds: 'unknown' });
});

it('waits for health check and caches', async () => {
  const world = answering([view('authoritative', there), view('resolver', there)]);
  const movesAt = world.now() + 120_000;
  const ctxNames = world.names;
  const get = ctxNames.get.bind(ctxNames);
  ctxNames.get = (name) => (name === 'www.example.com' && world.now() >= movesAt ? everywhere : get(name));
  expect(await proved(world)).toMatchObject({ holds: true });
  expect(world.now()).toBe(movesAt);
});
