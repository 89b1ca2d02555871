import { z } from 'zod';

const arn = (of: string, what: string) =>
  z.string().regex(new RegExp(`^arn:aws:route53-recovery-control::\\d{12}:${of}$`), `the ARN of ${what}`);

/** One of a cluster's five, as DescribeCluster shows it. */
const endpointSchema = z.strictObject({
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as eu-west-1'),
  url: z
    .string()
    .regex(/^https:\/\/[a-z0-9.-]+\.(amazonaws\.com|api\.aws)(\/v1)?$/, "a cluster's endpoint such as https://….amazonaws.com/v1"),
});

/** What a recovery must know of routing controls without asking their control plane. */
export const knownControlsSchema = z.strictObject({
  endpoints: z.array(endpointSchema).length(5).meta({ description: "the cluster's five regional endpoints" }),
  controls: z
    .record(z.string(), arn('controlpanel/[0-9a-f]+/routingcontrol/[0-9a-f]+', 'a routing control'))
    .meta({ description: 'ARN of the routing control of each site, by the name of the site' }),
});
export type KnownControls = z.infer<typeof knownControlsSchema>;

/** ARC routing controls in place of the object that moves traffic. */
export const routingControlsSchema = z.strictObject({
  clusterArn: arn('cluster/[0-9a-f-]+', 'a cluster')
    .optional()
    .meta({ description: 'a cluster that is there already; absent: production makes one, which AWS bills by the hour' }),
  known: knownControlsSchema.optional().meta({
    description:
      'what was made, written down for the day when nobody can be asked; traffic moves by routing control from then on, and by the object until then',
  }),
});

interface Contradiction {
  readonly path: readonly string[];
  readonly message: string;
}

/** Controls that are not one for each site, and endpoints that are not one in each of five regions. Nothing is certain to be there. */
export const routingControlContradictions = (settings: unknown): readonly Contradiction[] => {
  const { routingControls, sites } = (settings ?? {}) as Readonly<Record<string, unknown>>;
  const known = routingControlsSchema.safeParse(routingControls).data?.known;
  if (!known) return [];
  const path = ['routingControls', 'known'];
  const { endpoints, controls } = known;
  const names = Object.values((sites ?? {}) as Record<string, { name?: unknown }>).map((site) => String(site?.name));
  const found: Contradiction[] = [];
  if (Object.keys(controls).sort().join() !== names.sort().join() || new Set(Object.values(controls)).size !== names.length)
    found.push({ path: [...path, 'controls'], message: `must be one for each of the sites ${names.join(' and ')}, and no other` });
  if (new Set(endpoints.map(({ region }) => region)).size !== endpoints.length)
    found.push({ path: [...path, 'endpoints'], message: 'must be of five different regions' });
  for (const { region, url } of endpoints)
    if (!url.includes(`.${region}.`)) found.push({ path: [...path, 'endpoints'], message: `${url} is not in ${region}` });
  return found;
};
