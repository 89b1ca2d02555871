import { z } from 'zod';
import { backupContradictions } from './backup-contradictions.js';
import { backupSchema, objectivesSchema } from './backup-settings.js';
import { webContradictions, webSchema } from './web-settings.js';
import { routingControlContradictions, routingControlsSchema } from './routing-control-settings.js';

const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as eu-west-1');
const shortName = z.string().regex(/^[a-z][a-z0-9-]{1,20}$/, 'two to 21 lower-case letters, digits and dashes, a letter first');
const hostName = z
  .string()
  .max(253)
  .regex(
    /^(?=.*\.)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    'a DNS name in lower case such as www.example.com',
  );
const databaseName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'a PostgreSQL name in lower case');

/** One deployment of production. The name is stable and never a role: the primary of today may be the alternate of tomorrow. */
export const siteSchema = z.strictObject({
  name: shortName.meta({ description: 'stable name of the site, part of names and tags' }),
  region: region.meta({ description: 'AWS region the site lives in' }),
  databaseGeneration: z
    .string()
    .regex(/^[a-z0-9]{1,16}(-[0-9]{1,3})?$/, 'the end of the name of a database, such as "1" or 950af7c1')
    .default('1')
    .meta({ description: 'which database is the site\'s: "1" as first deployed; after a recovery the one that was restored and adopted' }),
});

/** What each setting must be by itself. */
export const settingsObject = z.strictObject({
  organisation: shortName.meta({ description: 'short name, prefix of bucket and parameter names' }),
  account: z
    .string()
    .regex(/^\d{12}$/, 'twelve digits in quotes')
    .meta({ description: 'AWS account id of production' }),
  domain: hostName.meta({ description: 'public zone that altsite owns' }),
  webName: hostName.meta({ description: 'name in that zone that customers use; carries the failover pair' }),
  sites: z
    .strictObject({ primary: siteSchema, alternate: siteSchema })
    .meta({ description: 'the two sites and their roles when nothing is wrong' }),
  zones: z
    .int()
    .min(2)
    .max(3)
    .default(3)
    .meta({ description: 'availability zones that each site spans; a region with fewer fails altsite portability' }),
  owner: z
    .string()
    .regex(/^[\w.:/=+@-]{1,128}$/, 'a tag value such as dev-ops')
    .default('dev-ops')
    .meta({ description: 'who answers for production; a tag of every stack' }),
  critical: z.boolean().default(true).meta({ description: 'whether production counts as a critical system; a tag of every stack' }),
  witnessRegion: region.meta({ description: "holds the fence's epoch; never the primary's region" }),
  answerTtlSeconds: z.int().min(1).max(60).meta({ description: 'TTL of the failover pair where it is not an alias' }),
  web: webSchema,
  database: z.strictObject({
    name: databaseName,
    username: databaseName,
    engineVersion: z.string().regex(/^\d+(\.\d+)*$/, 'a PostgreSQL version in quotes such as "18.4"'),
    instanceClass: z.string().regex(/^db\.[a-z0-9-]+\.[a-z0-9-]+$/, 'an instance class such as db.t4g.medium'),
    allocatedStorageGiB: z.int().min(20).max(65_536),
    backupRetentionDays: z.int().min(1).max(35).meta({ description: 'days that automated backups are kept; 0 would switch them off' }),
    multiAz: z.boolean().default(true).meta({ description: 'a standby in a second zone, so that the loss of one needs no recovery' }),
    replicateAutomatedBackups: z
      .boolean()
      .default(true)
      .meta({ description: 'log and snapshots also to the other region: a recovery to a point in time needs them there' }),
  }),
  alerts: z.strictObject({
    mail: z
      .array(z.email())
      .max(20)
      .meta({ description: 'who gets the notifications of alarms beside the queue; each has to confirm once' }),
    runbook: z.url().meta({ description: 'where what to do about an alarm is written; every alarm says so' }),
    errorPattern: z
      .string()
      .min(1)
      .max(1_024)
      .meta({ description: 'CloudWatch Logs filter pattern of lines that are failures of the web application' }),
  }),
  fence: z.strictObject({
    leaseSeconds: z.int().min(5).max(3_600).meta({ description: 'how long a writer may write on one look at the epoch' }),
    clockSkewSeconds: z.int().min(0).max(3_600).meta({ description: 'how far clocks may differ; waited out on top of the lease' }),
  }),
  routingControls: routingControlsSchema
    .optional()
    .meta({ description: 'ARC routing controls instead of the object that moves traffic; absent: the object' }),
  objectives: objectivesSchema,
  backup: backupSchema,
  secrets: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes, a letter first'))
    .default([])
    .meta({
      description: 'third-party secrets of production by name, replicated to the other site; people give their values, no file does',
    }),
});

/** Settings that contradict each other. Also asked of what has other faults, so that all are told at once: nothing is certain to be there. */
export const contradictions = (settings: unknown): readonly { readonly path: readonly string[]; readonly message: string }[] => {
  const text = (...path: string[]): string | undefined => {
    const found = path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], settings);
    return typeof found === 'string' ? found : undefined;
  };
  const [region, name, domain] = [text('sites', 'primary', 'region'), text('sites', 'primary', 'name'), text('domain')];
  const twice = ((settings as { secrets?: unknown } | null | undefined)?.secrets ?? []) as readonly unknown[];
  const same = (one: string | undefined, ...path: string[]): boolean => one !== undefined && text(...path) === one;
  return [
    ...(same(region, 'sites', 'alternate', 'region')
      ? [{ path: ['sites', 'alternate', 'region'], message: 'must not be the region of the primary' }]
      : []),
    ...(same(name, 'sites', 'alternate', 'name')
      ? [{ path: ['sites', 'alternate', 'name'], message: 'must not be the name of the primary' }]
      : []),
    ...(same(region, 'witnessRegion') ? [{ path: ['witnessRegion'], message: 'must not be the region of the primary' }] : []),
    ...(domain !== undefined && text('webName')?.endsWith(`.${domain}`) === false
      ? [{ path: ['webName'], message: `must be a name inside ${domain}` }]
      : []),
    ...(Array.isArray(twice) && new Set(twice).size < twice.length
      ? [{ path: ['secrets'], message: 'must not name one secret twice' }]
      : []),
    ...webContradictions(settings),
    ...backupContradictions(settings),
    ...routingControlContradictions(settings),
  ];
};

/** What an organisation settles for its production and for both of its sites. */
export const settingsSchema = settingsObject.superRefine((settings, context) => {
  for (const { path, message } of contradictions(settings)) context.addIssue({ code: 'custom', path: [...path], message });
});
export type Settings = z.infer<typeof settingsSchema>;
export type SiteSettings = z.infer<typeof siteSchema>;
