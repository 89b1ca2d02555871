/**
 * What customers get when they ask for their name.
 *
 * 1. Every authoritative server, and every resolver that may still be within the old answer's TTL, must give this site's addresses;
 *    the page there must be this site's.
 * 2. A resolver that gives the addresses from before the cut-over when no TTL allows it any more is named in the evidence, and neither
 *    counts as proof nor keeps the others' proof from holding: how long it goes on is nobody's to say.
 * 3. An address of neither side is never excused.
 */
import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { defineCheck } from '../kit/define-check.js';
import type { StepContext } from '../kit/define-step.js';
import { infoSchema } from '../kit/web-documents.js';
import { getJson } from '../kit/website.js';
import { later, secondsBetween } from '../model/time.js';
import type { DnsView } from '../ports/network.js';

const input = z.strictObject({
  switchedAt: z.iso.datetime().meta({ description: 'when the switch was thrown: ${cut-over.switchedAt}' }),
  before: z.array(z.string()).meta({ description: 'addresses that the name had then: ${cut-over.before}' }),
});
type Input = z.infer<typeof input>;

export const dnsAnswersFromSite = defineCheck<Input>({
  uses: 'dns.answers-from-site',
  claim: "the customers' name leads to the site recovered to, for every name server and resolver that honours its TTL",
  input,
  iam: [],
  expectedSeconds: 150,
  patienceSeconds: 900,
  paceSeconds: 5,
  // Ends the RTO clock: a recovery that customers do not reach is none, whoever says so.
  waivable: false,
  ask: async (asked, ctx) => {
    const { webName } = ctx.targets.global;
    const { originName, listenerPort: port } = ctx.targets.site;
    const about = {
      expected: `${webName} has the addresses of ${originName}, and its /info is from ${ctx.to.name}`,
      source: `DNS of ${webName} and ${originName}; GET https://${webName}:${port}/info`,
    };
    return asking(about, async () => {
      const views = await ctx.network.resolve(webName);
      const origin = await ctx.network.resolve(originName);
      const here = new Set(origin.filter(({ view }) => view === 'authoritative').flatMap(({ addresses }) => addresses));
      const overHolding = overHolders(views, here, asked, ctx);
      const counted = views.filter(
        ({ view, server }) => view === 'authoritative' || !overHolding.some((holder) => holder.server === server),
      );
      const silent = counted.filter(({ error, addresses }) => error !== null || addresses.length === 0);
      const elsewhere = counted.filter(({ addresses }) => addresses.some((address) => !here.has(address)));
      const seen = [...counted.map(inWords), ...overHolding.map(heldInWords)].join('; ');
      if (elsewhere.length) return { holds: false, observed: seen, data: { overHolding } };
      if (here.size === 0 || counted.length === 0 || silent.length) return { holds: 'unknown', observed: seen || 'nobody was asked' };
      const { site } = await getJson(ctx, { host: webName, port }, '/info', infoSchema);
      const addresses = [...new Set(counted.flatMap((view) => view.addresses))];
      return { holds: site === ctx.to.name, observed: `${seen}; /info from ${site}`, data: { addresses, overHolding } };
    });
  },
});

interface OverHolder {
  readonly server: string;
  readonly addresses: readonly string[];
  /** At least: counted from the last moment at which a resolver may have been given the old answer. */
  readonly secondsPastTtl: number;
}

/**
 * The old answer may be handed out by the name servers until the health checkers have seen the switch and agree: interval times threshold,
 * and as much again, as AWS gives no bound for it. Whoever asked at that very moment may keep it for one TTL.
 */
const mayBeHeldUntil = ({ switchedAt }: Input, { targets: { global } }: StepContext): string =>
  later(switchedAt, 2 * global.healthCheckSeconds + global.answerTtlSeconds);

const overHolders = (views: readonly DnsView[], here: ReadonlySet<string>, asked: Input, ctx: StepContext): OverHolder[] => {
  const secondsPastTtl = Math.round(secondsBetween(mayBeHeldUntil(asked, ctx), ctx.at));
  if (secondsPastTtl <= 0) return [];
  const old = asked.before.filter((address) => !here.has(address));
  return views
    .filter(({ view, addresses }) => view === 'resolver' && addresses.length > 0 && addresses.every((address) => old.includes(address)))
    .map(({ server, addresses }) => ({ server, addresses, secondsPastTtl }));
};

const inWords = ({ view, server, addresses, error }: DnsView): string =>
  `${view} ${server}: ${error ?? (addresses.join(', ') || 'no address')}`;
const heldInWords = ({ server, addresses, secondsPastTtl }: OverHolder): string =>
  `not counted: resolver ${server} still answers ${addresses.join(', ')}, at least ${secondsPastTtl} s after its TTL`;
