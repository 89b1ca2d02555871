/**
 * How long AWS takes, as named assumptions: seconds, drawn uniformly from [least, most] by the world's seed.
 * None of these is a promise of AWS's; each says where the figure comes from.
 */
export const durations = {
  'rds.create-instance': { least: 300, most: 600, source: 'common observation, small instance' },
  'rds.modify-instance': { least: 30, most: 90, source: 'assumption: password, parameter group and protection changes' },
  'rds.notice-modification': {
    least: 5,
    most: 20,
    source: 'common observation: an accepted change still shows `available` for some seconds',
  },
  'rds.stop-instance': { least: 60, most: 180, source: 'assumption' },
  'rds.start-instance': { least: 120, most: 300, source: 'assumption' },
  'rds.reboot-instance': { least: 30, most: 60, source: 'assumption' },
  'rds.delete-instance': { least: 120, most: 300, source: 'assumption' },
  'rds.restore-instance': { least: 540, most: 900, source: 'knowledge 5.3: about 10 minutes in one published log' },
  'rds.create-snapshot': { least: 120, most: 300, source: 'assumption: small database, incremental' },
  'rds.copy-snapshot': { least: 300, most: 1200, source: 'assumption: small database; AWS says "can take hours"' },
  'rds.baseline-backup': { least: 120, most: 300, source: 'assumption; 2-3 h reported for large databases (knowledge 0.4)' },
  'rds.automated-backup': { least: 60, most: 180, source: 'assumption: incremental, small database' },
  'rds.create-replica': { least: 600, most: 1200, source: 'assumption: a snapshot of the source and a restore of it' },
  'rds.promote-replica': { least: 120, most: 300, source: 'RDS user guide: "promoting a read replica takes a few minutes"' },
  'backup.start-job': { least: 5, most: 60, source: 'assumption: a job waits before it runs' },
  'ecr.replicate': {
    least: 60,
    most: 1800,
    source: 'ECR user guide, "Private image replication": the majority of images in less than 30 minutes',
  },
  'ecs.start-task': { least: 20, most: 45, source: 'common observation: Fargate placement, image pull, boot' },
  'ecs.stop-task': { least: 5, most: 30, source: 'default stop timeout is 30 s' },
  'ec2.nat-gateway': { least: 60, most: 150, source: 'common observation' },
  'ec2.vpc-endpoint': { least: 60, most: 180, source: 'common observation, interface endpoint' },
  'elb.provision': { least: 120, most: 240, source: 'common observation' },
  'cloudformation.resource': { least: 2, most: 10, source: 'common observation: per resource with nothing to wait for' },
  'route53.change': { least: 10, most: 60, source: 'Route 53 API reference: generally within 60 seconds' },
  'route53.follow-alarm': {
    least: 10,
    most: 60,
    source: 'assumption: AWS does not say how soon a health check follows a metric',
  },
  'route53.follow-routing-control': {
    least: 1,
    most: 10,
    source: 'assumption: AWS says that health checks follow a routing control quickly, and gives no bound',
  },
  'route53-recovery.deploy-cluster': { least: 120, most: 300, source: 'assumption: a cluster is PENDING for some minutes' },
  'acm.show-record': { least: 2, most: 10, source: 'ACM API reference: several seconds until a request can be described' },
  'acm.look-for-record': { least: 30, most: 60, source: 'assumption: how often ACM asks for a validation record' },
  'acm.issue': { least: 60, most: 300, source: 'common observation: minutes after the record is there; AWS says up to hours' },
  'dns.over-hold': {
    least: 3600,
    most: 3600,
    source: 'assumption: a resolver with a minimum TTL; dnsmasq allows --min-cache-ttl up to one hour',
  },
  'application-auto-scaling.adjust': { least: 5, most: 60, source: 'assumption: activities start within a minute' },
  'dynamodb.create-table': { least: 5, most: 20, source: 'common observation' },
  'dynamodb.update-table': { least: 5, most: 60, source: 'assumption: billing mode, class and key changes of a small table' },
  'dynamodb.delete-table': { least: 2, most: 10, source: 'common observation' },
  'cloudwatch.metric-visible': { least: 5, most: 30, source: 'assumption' },
  'secrets-manager.replicate': { least: 1, most: 30, source: 'common observation: a value is in its replicas within seconds' },
  's3.replicate-object': {
    least: 15,
    most: 600,
    source: 'S3 user guide, "Replication Time Control": most objects within seconds, 99.9 % within 15 minutes',
  },
  'sns.deliver': { least: 0, most: 2, source: 'assumption: Amazon SNS FAQs speak of milliseconds; the twin counts whole seconds' },
  'logs.event-visible': { least: 1, most: 10, source: 'assumption' },
} as const satisfies Record<string, { least: number; most: number; source: string }>;

export type DurationName = keyof typeof durations;

/** Durations that somebody knows better, by name: seconds. */
export type Durations = Readonly<Partial<Record<DurationName, { readonly least: number; readonly most: number }>>>;
