import { allow, around, arn, byTask, inRegion, type ActionScope, type Recovered } from './action-scope.js';
import {
  bootstrapBucket,
  epochKey,
  factsParameter,
  globalOutputsParameter,
  siteNames,
  switchKey,
  witnessBucket,
} from './contract/names.js';
import { restoreRoleName, roleArn } from './role-names.js';
import { routingControlScopes } from './routing-control-scopes.js';
import { stackName } from './stack-name.js';

/** Where a recovery may do what: in the region recovered to, and on the fence's epoch; nothing where it recovers from. */
export const actionScopes = (recovered: Recovered): readonly ActionScope[] =>
  [knowing, restoring, serving, proving, movingTraffic, routingControlScopes, keepingRuns].flatMap((scopes) => scopes(recovered));

const knowing = (props: Recovered): ActionScope[] => {
  const { settings, from, to } = props;
  const names = siteNames(settings, to);
  const published = [names.outputsParameter, factsParameter(settings, from), globalOutputsParameter(settings)];
  const parameter = (name: string): string => arn(props, 'ssm', `parameter${name}`);
  const assemblies = `arn:aws:s3:::${bootstrapBucket(settings.account, to.region)}`;
  const endpoint = parameter(names.databaseEndpointParameter);
  return [
    around('ReadWhatStands', ['ssm:GetParameter'], published.map(parameter)),
    // Which published assembly the site stands by.
    around('FindAssemblies', ['s3:ListBucket'], [assemblies], { StringLike: { 's3:prefix': 'altsite/assemblies/*' } }),
    around('ReadAssemblies', ['s3:GetObject'], [`${assemblies}/altsite/assemblies/*`]),
    around('ReadTemplates', ['cloudformation:GetTemplate'], [arn(props, 'cloudformation', `stack/${stackName(settings, to, '*')}/*`)]),
    byTask('PointTheApplication', ['ssm:GetParameter', 'ssm:GetParameterHistory', 'ssm:PutParameter'], [endpoint]),
    allow('KnowSiteKey', ['kms:Decrypt', 'kms:DescribeKey'], [arn(props, 'kms', 'key/*')], {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': names.keyAlias },
    }),
    allow('ReadOwnLogin', ['secretsmanager:GetSecretValue'], [arn(props, 'secretsmanager', `secret:${names.secret}-??????`)]),
  ];
};

const restoring = (props: Recovered): ActionScope[] => {
  const { settings, to } = props;
  const names = siteNames(settings, to);
  const vault = arn(props, 'backup', `backup-vault:${names.vault}`);
  return [
    allow('ChooseRecoveryPoint', ['backup:DescribeBackupVault', 'backup:ListRecoveryPointsByBackupVault'], [vault]),
    allow(
      'Restore',
      ['backup:DescribeRecoveryPoint', 'backup:GetRecoveryPointRestoreMetadata', 'backup:StartRestoreJob'],
      [vault, arn(props, 'rds', 'snapshot:awsbackup:*')],
    ),
    allow('FollowRestore', ['backup:GetRestoreJobMetadata', 'backup:ListRestoreJobs'], ['*'], inRegion(props)),
    allow('HandRestoreRoleToBackup', ['iam:PassRole'], [roleArn(settings, restoreRoleName(settings, to))], {
      StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' },
    }),
    allow(
      'LookAtDatabases',
      [
        'rds:DescribeAccountAttributes',
        'rds:DescribeDBInstances',
        'rds:DescribeDBParameters',
        'rds:DescribeDBParameterGroups',
        'rds:DescribeDBSnapshots',
        'rds:DescribeDBSubnetGroups',
        'rds:DescribePendingMaintenanceActions',
      ],
      ['*'],
      inRegion(props),
    ),
    allow(
      'FinishRestoredDatabase',
      ['rds:ModifyDBInstance', 'rds:RebootDBInstance'],
      [arn(props, 'rds', `db:${names.database('*')}`), arn(props, 'rds', 'pg:*')],
    ),
  ];
};

const serving = (props: Recovered): ActionScope[] => {
  const { settings, to } = props;
  const names = siteNames(settings, to);
  return [
    // The update itself runs as the role that `cdk deploy` left on the stack.
    allow(
      'SetCapacity',
      [
        'cloudformation:CreateChangeSet',
        'cloudformation:DescribeChangeSet',
        'cloudformation:DescribeStacks',
        'cloudformation:ExecuteChangeSet',
        'cloudformation:GetTemplate',
        'cloudformation:UpdateStack',
      ],
      [arn(props, 'cloudformation', `stack/${stackName(settings, to, 'Service')}/*`)],
    ),
    allow(
      'LookAtStacks',
      ['cloudformation:DescribeStacks', 'cloudformation:GetStackPolicy', 'cloudformation:ListStackResources'],
      ['*'],
      inRegion(props),
    ),
    allow('ScaleService', ['ecs:DescribeServices', 'ecs:UpdateService'], [arn(props, 'ecs', `service/${names.cluster}/${names.service}`)]),
    allow(
      'LookAtLoadBalancer',
      ['elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeTargetHealth'],
      ['*'],
      inRegion(props),
    ),
  ];
};

const proving = (props: Recovered): ActionScope[] => {
  const names = siteNames(props.settings, props.to);
  return [
    allow('LookAtLogGroups', ['logs:DescribeLogGroups'], ['*'], inRegion(props)),
    allow('FindCanary', ['logs:FilterLogEvents'], [arn(props, 'logs', `log-group:${names.logGroup}:*`)]),
    allow('PublishProbe', ['cloudwatch:PutMetricData'], ['*'], {
      StringEquals: { 'cloudwatch:namespace': names.metricNamespace, ...inRegion(props).StringEquals },
    }),
    allow(
      'LookAtAlarm',
      ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'],
      [arn(props, 'cloudwatch', `alarm:${names.alarm}`)],
    ),
    allow('LookAtSubscriptions', ['sns:ListSubscriptionsByTopic'], [arn(props, 'sns', names.alertTopic)]),
    allow('FindNotification', ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], [arn(props, 'sqs', names.alertQueue)]),
  ];
};

/** Runs are written and never deleted; what is locked stays locked, for want of the right to bypass it. */
const keepingRuns = ({ settings, to }: Recovered): ActionScope[] => {
  const bucket = `arn:aws:s3:::${siteNames(settings, to).journalBucket}`;
  return [
    around('KeepRuns', ['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention'], [`${bucket}/*`]),
    around('FindRuns', ['s3:GetBucketObjectLockConfiguration', 's3:ListBucket'], [bucket]),
  ];
};

const movingTraffic = ({ settings, to }: Recovered): ActionScope[] => {
  const switchBucket = `arn:aws:s3:::${siteNames(settings, to).switchBucket}`;
  const witness = `arn:aws:s3:::${witnessBucket(settings)}`;
  return [
    byTask('FenceAndCutOver', ['s3:GetObject', 's3:PutObject'], [`${witness}/${epochKey}`, `${switchBucket}/${switchKey}`]),
    around('LookAtFenceAndSwitch', ['s3:GetObject'], [`${witness}/${epochKey}`, `${switchBucket}/${switchKey}`]),
    allow('TellAbsentFromForbidden', ['s3:ListBucket'], [witness, switchBucket]),
  ];
};
