import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { defineCheck } from '../kit/define-check.js';
import { infoSchema } from '../kit/web-documents.js';
import { getJson } from '../kit/website.js';
import type { DnsView } from '../ports/network.js';

/** What customers get: every view of the customers' name gives this site's addresses, and the page there is this site's. */
export const dnsAnswersFromSite = defineCheck<object>({
  uses: 'dns.answers-from-site',
  claim: "the customers' name leads to the site recovered to, for every name server and resolver that was asked",
  input: z.strictObject({}),
  iam: [],
  expectedSeconds: 150,
  // The switch's interval times threshold, the TTL of a cached answer, and as much again for resolvers that hold longer.
  patienceSeconds: 900,
  paceSeconds: 5,
  ask: async (_input, ctx) => {
    const { webName } = ctx.targets.global;
    const { originName, listenerPort: port } = ctx.targets.site;
    const about = {
      expected: `${webName} has the addresses of ${originName}, and its /info is from ${ctx.to.name}`,
      source: `DNS of ${webName} and ${originName}; GET http://${webName}:${port}/info`,
    };
    return asking(about, async () => {
      const views = await ctx.network.resolve(webName);
      const origin = await ctx.network.resolve(originName);
      const here = new Set(origin.filter(({ view }) => view === 'authoritative').flatMap(({ addresses }) => addresses));
      const silent = views.filter(({ error, addresses }) => error !== null || addresses.length === 0);
      const elsewhere = views.filter(({ addresses }) => addresses.some((address) => !here.has(address)));
      const seen = views.map(inWords).join('; ');
      if (elsewhere.length) return { holds: false, observed: seen };
      if (here.size === 0 || views.length === 0 || silent.length) return { holds: 'unknown', observed: seen || 'nobody was asked' };
      const { site } = await getJson(ctx, { host: webName, port }, '/info', infoSchema);
      const addresses = [...new Set(views.flatMap((view) => view.addresses))];
      return { holds: site === ctx.to.name, observed: `${seen}; /info from ${site}`, data: { addresses } };
    });
  },
});

const inWords = ({ view, server, addresses, error }: DnsView): string =>
  `${view} ${server}: ${error ?? (addresses.join(', ') || 'no address')}`;
