import { z } from 'zod';
import { knownControlsSchema } from './routing-control-settings.js';

/** What a standing site offers a recovery; written by its own stacks to `siteNames().outputsParameter` in its own region. */
export const siteOutputsSchema = z.strictObject({
  site: z.string(),
  region: z.string(),
  account: z.string(),
  originName: z.string(),
  loadBalancerName: z.string().meta({ description: 'DNS name that AWS gave the load balancer' }),
  loadBalancerArn: z.string(),
  targetGroupArn: z.string(),
  listenerPort: z.coerce.number(),
  cluster: z.string(),
  service: z.string(),
  activeCount: z.coerce.number(),
  serviceStack: z.string().meta({ description: 'name of the CloudFormation stack that owns the service' }),
  capacityParameter: z.string().meta({ description: "that stack's parameter: standby or active" }),
  logGroup: z.string(),
  alarm: z.string(),
  alertTopicArn: z.string().meta({ description: 'SNS topic that the alarm acts on' }),
  alertQueueUrl: z.string().meta({ description: 'SQS queue subscribed to that topic, for verification' }),
  alertQueueArn: z.string(),
  metricNamespace: z.string(),
  metricName: z.string(),
  vault: z.string(),
  restoreRoleArn: z.string().meta({ description: 'role that AWS Backup assumes to restore' }),
  keyArn: z.string(),
  secretArn: z.string(),
  databaseEndpointParameter: z.string(),
  subnetGroup: z.string(),
  databaseSecurityGroup: z.string(),
  databaseParameterGroup: z.string(),
  switchBucket: z.string(),
  journalBucket: z.string().meta({ description: 'where runs that recover to this site are kept, for operators who share them' }),
});
export type SiteOutputs = z.infer<typeof siteOutputsSchema>;

/** What a recovery must know of a site it can no longer ask; synthesised into the other site's region beforehand. */
export const siteFactsSchema = z.strictObject({
  site: z.string(),
  region: z.string(),
  account: z.string(),
  originName: z.string(),
  vault: z.string(),
  database: z.strictObject({
    identifier: z.string(),
    name: z.string(),
    username: z.string(),
    engine: z.string(),
    engineVersion: z.string().meta({ description: 'the written baseline of the patch gate' }),
    instanceClass: z.string(),
    allocatedStorageGiB: z.coerce.number(),
    storageType: z.string(),
    port: z.coerce.number(),
    multiAz: z.coerce.boolean(),
    deletionProtection: z.coerce.boolean(),
    backupRetentionDays: z.coerce.number(),
    parameters: z.record(z.string(), z.string()),
    logExports: z
      .array(z.string())
      .optional()
      .meta({ description: 'logs that go to CloudWatch; in plans of earlier versions nothing is said' }),
  }),
  web: z.strictObject({ activeCount: z.coerce.number(), image: z.string(), healthPath: z.string() }),
});
export type SiteFacts = z.infer<typeof siteFactsSchema>;

/** What belongs to no site; written by each site's own stacks to `globalOutputsParameter` in its own region. */
export const globalOutputsSchema = z.strictObject({
  zoneId: z.string().optional().meta({ description: 'in plans of earlier versions' }),
  zoneName: z.string(),
  webName: z.string(),
  switchHealthCheckId: z.string().optional().meta({ description: 'in plans of earlier versions' }),
  switchRegion: z.string().meta({ description: 'region of the bucket the switch watches' }),
  switchBucket: z.string(),
  switchKey: z.string(),
  healthCheckSeconds: z.coerce.number().meta({ description: 'interval times threshold of the switch' }),
  answerTtlSeconds: z.coerce.number(),
  witnessRegion: z.string(),
  witnessBucket: z.string(),
  epochKey: z.string(),
  leaseSeconds: z.coerce.number(),
  clockSkewSeconds: z.coerce.number(),
  routingControls: knownControlsSchema.optional().meta({ description: 'what moves traffic, where the object does not' }),
});
export type GlobalOutputs = z.infer<typeof globalOutputsSchema>;

/** The fence, as kept in the witness bucket. Writers need `writer` to be their own site; a higher epoch wins. */
export const epochSchema = z.strictObject({
  epoch: z.int().min(1),
  writer: z.string().nullable().meta({ description: 'site that may write; null while nobody may' }),
  raisedBy: z.string().meta({ description: 'run that raised it, or deploy for the first' }),
});
export type EpochRecord = z.infer<typeof epochSchema>;
