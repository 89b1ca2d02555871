import { expect, it } from '@jest/globals';
import { dnsAnswersFromSite } from '../../../recovery/checks/dns-answers-from-site.js';
import type { DnsView } from '../../../recovery/ports/network.js';
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
const everywhere = [view('authoritative', here), view('resolver', here)];

it('holds when every view leads here and the page there is this site’s', async () => {
  const world = answering(everywhere);
  expect(await askCheck(dnsAnswersFromSite, {}, world)).toMatchObject({ holds: true });
  expect(world.requests).toEqual(['www.example.com/info']);
});

it('does not hold as long as one resolver still leads elsewhere', async () => {
  const answer = await askCheck(dnsAnswersFromSite, {}, answering([view('authoritative', here), view('resolver', there)]));
  expect(answer).toMatchObject({ holds: false, observed: expect.stringContaining('resolver resolver-server: 127.9.0.1') as unknown });
});

it('does not hold when the addresses are right and the page is another site’s', async () => {
  expect(await askCheck(dnsAnswersFromSite, {}, answering(everywhere, undefined, 'dublin'))).toMatchObject({ holds: false });
});

it.each<[string, RecoveryWorld]>([
  ['a name server does not answer', answering([view('authoritative', [], 'ETIMEOUT'), view('resolver', here)])],
  ['nobody could be asked', answering([])],
  ['the site’s own name leads nowhere', answering([], [view('authoritative', [], 'ENOTFOUND')])],
])('is unknown when %s', async (_why, world) => {
  expect(await askCheck(dnsAnswersFromSite, {}, world)).toMatchObject({ holds: 'unknown' });
});

it('waits for health check and caches', async () => {
  const world = answering([view('authoritative', there), view('resolver', there)]);
  const movesAt = world.now() + 120_000;
  const ctxNames = world.names;
  const get = ctxNames.get.bind(ctxNames);
  ctxNames.get = (name) => (name === 'www.example.com' && world.now() >= movesAt ? everywhere : get(name));
  expect(await askCheck(dnsAnswersFromSite, {}, world)).toMatchObject({ holds: true });
  expect(world.now()).toBe(movesAt);
});
