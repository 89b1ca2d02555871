import { z } from 'zod';

const port = z.int().min(1).max(65_535);

/** The web application of both sites. */
export const webSchema = z.strictObject({
  image: z
    .string()
    .regex(/^[^@\s]+@sha256:[0-9a-f]{64}$/, 'a repository name and digest such as web@sha256:…, never a tag')
    .meta({ description: 'repository name and digest of the web application: name@sha256:…' }),
  imageReplication: z.enum(['owned', 'adopted']).default('owned').meta({
    description:
      "whose the one replication configuration of the account's registry is, in each site's region: owned, production's; adopted, somebody else's, which has to copy this image to the other site",
  }),
  containerPort: port,
  listenerPort: port.default(443).meta({ description: 'where customers are served, over TLS only' }),
  internetEgress: z.boolean().default(false).meta({
    description: 'whether tasks reach the Internet, through a NAT gateway in each zone; AWS they reach by VPC endpoints either way',
  }),
  activeCount: z.int().min(1).max(1_000).meta({ description: 'least number of tasks while the site is active; a standby site runs none' }),
  maximumCount: z
    .int()
    .min(1)
    .max(5_000)
    .optional()
    .meta({ description: 'most tasks that load may make of an active site; four times activeCount where nothing is said' }),
  cpu: z.int().min(256).max(16_384).meta({ description: 'CPU units of a Fargate task, 1024 a virtual CPU' }),
  memoryMiB: z.int().min(512).max(122_880),
  healthPath: z.string().max(1_024).regex(/^\//, 'a path that begins with /'),
});

/** More tasks at least than at most. Also asked of what has other faults. */
export const webContradictions = (settings: unknown): readonly { readonly path: readonly string[]; readonly message: string }[] => {
  const { web } = (settings ?? {}) as { web?: { activeCount?: unknown; maximumCount?: unknown } | null };
  const [least, most] = [web?.activeCount, web?.maximumCount];
  if (typeof least !== 'number' || typeof most !== 'number' || most >= least) return [];
  return [{ path: ['web', 'maximumCount'], message: `must not be less than activeCount, which is ${least}` }];
};
