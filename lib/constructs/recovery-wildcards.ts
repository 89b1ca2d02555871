import { Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { arn, type Recovered } from '../action-scope.js';
import { bootstrapBucket, siteNames } from '../contract/names.js';
import { stackName } from '../stack-name.js';

/** Says of every wildcard that a recovery role's policies have why it cannot be narrower; one that is added shows up in `npm run nag`. */
export const acknowledgeWildcards = (role: Role, recovered: Recovered): void => {
  const { settings, to } = recovered;
  const names = siteNames(settings, to);
  const why: Readonly<Record<string, string>> = {
    '*': 'Looks that know no resource, and publishing the probe: limited to this region, or to the namespace, by a condition',
    [arn(recovered, 'kms', 'key/*')]: 'A key has no name; the condition on its alias leaves only the one of this site',
    [arn(recovered, 'rds', 'snapshot:awsbackup:*')]: 'AWS Backup names the copies of recovery points; only it can make such snapshots',
    [arn(recovered, 'rds', `db:${names.database('*')}`)]: 'A restored database is named by its generation, which nobody knows beforehand',
    [arn(recovered, 'rds', 'pg:*')]: 'CloudFormation names the parameter group that a restored database is given',
    [arn(recovered, 'cloudformation', `stack/${stackName(settings, to, 'Service')}/*`)]: 'A stack has an id of its own after its name',
    [arn(recovered, 'cloudformation', `stack/${stackName(settings, to, '*')}/*`)]:
      'It may only read the templates of stacks of this site, each of which has an id of its own',
    [arn(recovered, 'logs', `log-group:${names.logGroup}:*`)]: 'Every task has a stream of its own',
    [`arn:aws:s3:::${names.journalBucket}/*`]: 'Every run has a prefix of its own',
    [`arn:aws:s3:::${bootstrapBucket(settings.account, to.region)}/altsite/assemblies/*`]:
      'Every published assembly has a prefix of its own, which is its digest',
  };
  for (const [resource, reason] of Object.entries(why))
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
};
