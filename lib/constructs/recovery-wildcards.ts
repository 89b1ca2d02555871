import { Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { siteNames } from '../contract/names.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { stackName } from '../stack-name.js';

/** Says of every wildcard that a recovery role's policies have why it cannot be narrower; one that is added shows up in `npm run nag`. */
export const acknowledgeWildcards = (role: Role, settings: Settings, to: SiteSettings): void => {
  const names = siteNames(settings, to);
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${to.region}:${settings.account}:${resource}`;
  const why: Readonly<Record<string, string>> = {
    '*': 'Looks that know no resource, and publishing the probe: limited to this region, or to the namespace, by a condition',
    [arn('kms', 'key/*')]: 'A key has no name; the condition on its alias leaves only the one of this site',
    [arn('rds', 'snapshot:awsbackup:*')]: 'AWS Backup names the copies of recovery points; only it can make such snapshots',
    [arn('rds', `db:${names.database('*')}`)]: 'A restored database is named by its generation, which nobody knows beforehand',
    [arn('rds', 'pg:*')]: 'CloudFormation names the parameter group that a restored database is given',
    [arn('cloudformation', `stack/${stackName(settings, to, 'Service')}/*`)]: 'A stack has an id of its own after its name',
    [arn('cloudformation', `stack/${settings.organisation}-${to.name}-*/*`)]:
      'It may only read the templates of stacks of this site, each of which has an id of its own',
    [arn('logs', `log-group:${names.logGroup}:*`)]: 'Every task has a stream of its own',
    [`arn:aws:s3:::${names.journalBucket}/*`]: 'Every run has a prefix of its own',
    [`arn:aws:s3:::cdk-hnb659fds-assets-${settings.account}-${to.region}/altsite/assemblies/*`]:
      'Every published assembly has a prefix of its own, which is its digest',
  };
  for (const [resource, reason] of Object.entries(why))
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
};
