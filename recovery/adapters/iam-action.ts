/** IAM's prefixes of services, where the SDK's name of one is another. */
const prefixes: Readonly<Record<string, string | undefined>> = {
  'application-auto-scaling': 'application-autoscaling',
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'route-53': 'route53',
  'secrets-manager': 'secretsmanager',
};

/** IAM's actions, where an operation has the name of none; null: AWS asks no right for it (Service Authorization Reference). */
const actions: Readonly<Record<string, string | null | undefined>> = {
  's3.HeadObject': 's3:GetObject',
  's3.HeadBucket': 's3:ListBucket',
  's3.ListObjects': 's3:ListBucket',
  's3.ListObjectsV2': 's3:ListBucket',
  's3.ListObjectVersions': 's3:ListBucketVersions',
  's3.GetObjectLockConfiguration': 's3:GetBucketObjectLockConfiguration',
  'sts.GetCallerIdentity': null,
};

/** The right that AWS asks for an operation of a service, both as the SDK names them; null: none. */
export const iamAction = (service: string, operation: string): string | null => {
  const named = actions[`${service}.${operation}`];
  return named === undefined ? `${prefixes[service] ?? service}:${operation}` : named;
};
