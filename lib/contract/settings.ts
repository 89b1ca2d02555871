import { z } from 'zod';

const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as eu-west-1');

/** One deployment of production. The name is stable and never a role: the primary of today may be the alternate of tomorrow. */
export const siteSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,20}$/)
    .meta({ description: 'stable name of the site, part of names and tags' }),
  region: region.meta({ description: 'AWS region the site lives in' }),
});

const settingsObject = z.strictObject({
  organisation: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,20}$/)
    .meta({ description: 'short name, prefix of bucket and parameter names' }),
  account: z
    .string()
    .regex(/^\d{12}$/)
    .meta({ description: 'AWS account id of production' }),
  domain: z.string().meta({ description: 'public zone that altsite owns' }),
  webName: z.string().meta({ description: 'name in that zone that customers use; carries the failover pair' }),
  sites: z
    .strictObject({ primary: siteSchema, alternate: siteSchema })
    .meta({ description: 'the two sites and their roles when nothing is wrong' }),
  witnessRegion: region.meta({ description: "holds the fence's epoch; never the primary's region" }),
  answerTtlSeconds: z.int().min(1).max(60).meta({ description: 'TTL of the failover pair where it is not an alias' }),
  web: z.strictObject({
    image: z
      .string()
      .regex(/^[^@\s]+@sha256:[0-9a-f]{64}$/, 'a repository name and digest such as web@sha256:…, never a tag')
      .meta({ description: 'repository name and digest of the web application: name@sha256:…' }),
    containerPort: z.int(),
    listenerPort: z.int(),
    activeCount: z.int().min(1).meta({ description: 'tasks while the site is active; a standby site runs none' }),
    cpu: z.int(),
    memoryMiB: z.int(),
    healthPath: z.string(),
  }),
  database: z.strictObject({
    name: z.string(),
    username: z.string(),
    engineVersion: z.string(),
    instanceClass: z.string(),
    allocatedStorageGiB: z.int(),
    backupRetentionDays: z.int(),
  }),
  fence: z.strictObject({
    leaseSeconds: z.int().min(5).meta({ description: 'how long a writer may write on one look at the epoch' }),
    clockSkewSeconds: z.int().min(0).meta({ description: 'how far clocks may differ; waited out on top of the lease' }),
  }),
  backup: z.strictObject({ schedule: z.string().meta({ description: 'AWS Backup cron expression, UTC' }), retentionDays: z.int() }),
});

/** What an organisation settles for its production and for both of its sites. */
export const settingsSchema = settingsObject.superRefine((settings, context) => {
  const { primary, alternate } = settings.sites;
  const reject = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (alternate.region === primary.region) reject(['sites', 'alternate', 'region'], 'must not be the region of the primary');
  if (alternate.name === primary.name) reject(['sites', 'alternate', 'name'], 'must not be the name of the primary');
  if (settings.witnessRegion === primary.region) reject(['witnessRegion'], 'must not be the region of the primary');
  if (!settings.webName.endsWith(`.${settings.domain}`)) reject(['webName'], `must be a name inside ${settings.domain}`);
});
export type Settings = z.infer<typeof settingsSchema>;
export type SiteSettings = z.infer<typeof siteSchema>;
