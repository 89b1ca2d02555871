import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { defineCheck } from '../kit/define-check.js';
import { infoSchema } from '../kit/web-documents.js';
import { getJson, originOf } from '../kit/website.js';

/** Real HTTP through the load balancer, by the site's own name. */
export const webAnswersFromSite = defineCheck<object>({
  uses: 'web.answers-from-site',
  claim: 'the web application answers from the site recovered to, through its load balancer',
  input: z.strictObject({}),
  iam: [],
  expectedSeconds: 5,
  patienceSeconds: 180,
  paceSeconds: 5,
  waivable: true,
  ask: async (_input, ctx) => {
    const place = originOf(ctx);
    const { healthPath } = ctx.targets.facts.web;
    const about = {
      expected: `${healthPath} healthy; /info from ${ctx.to.name} with its database reachable`,
      source: `GET http://${place.host}:${place.port}${healthPath} and /info`,
    };
    return asking(about, async () => {
      await getJson(ctx, place, healthPath, z.unknown());
      const { site, database } = await getJson(ctx, place, '/info', infoSchema);
      return {
        holds: site === ctx.to.name && database === 'reachable',
        observed: `${healthPath} healthy; /info from ${site} with its database ${database}`,
      };
    });
  },
});
