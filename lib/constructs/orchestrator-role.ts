import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  bootstrapBucket,
  epochKey,
  factsParameter,
  globalOutputsParameter,
  siteNames,
  switchKey,
  witnessBucket,
} from '../contract/names.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { acknowledgeWildcards } from './orchestrator-wildcards.js';
import { orchestratorRoleName, restoreRoleName, roleArn } from '../role-names.js';
import { stackName } from '../stack-name.js';

export interface OrchestratorRoleProps {
  readonly settings: Settings;
  readonly from: SiteSettings;
  readonly to: SiteSettings;
}

/**
 * What a recovery from one site to another runs as: what its steps and checks declare, in the region recovered to and on the
 * fence's epoch. It touches nothing where it recovers from, writes no record or role, and can delete nothing.
 */
export class OrchestratorRole extends Construct {
  constructor(scope: Construct, id: string, props: OrchestratorRoleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      roleName: orchestratorRoleName(props.settings),
      description: `Recovers ${props.from.name} in ${props.to.name}`,
      assumedBy: new AccountPrincipal(props.settings.account),
      maxSessionDuration: Duration.hours(12),
    });
    for (const statement of [
      ...knowing(props),
      ...restoring(props),
      ...serving(props),
      ...proving(props),
      ...movingTraffic(props),
      ...keepingRuns(props),
    ]) {
      role.addToPolicy(statement);
    }
    acknowledgeWildcards(role, props.settings, props.to);
  }
}

const allow = (sid: string, actions: string[], resources: string[], conditions?: Record<string, unknown>): PolicyStatement =>
  new PolicyStatement({ sid, actions, resources, ...(conditions ? { conditions } : {}) });

/** An ARN in the account and region recovered to. */
const arn = ({ settings, to }: OrchestratorRoleProps, service: string, resource: string): string =>
  `arn:aws:${service}:${to.region}:${settings.account}:${resource}`;

const inRegion = ({ to }: OrchestratorRoleProps) => ({ StringEquals: { 'aws:RequestedRegion': to.region } });

const knowing = (props: OrchestratorRoleProps): PolicyStatement[] => {
  const { settings, from, to } = props;
  const names = siteNames(settings, to);
  const published = [names.outputsParameter, factsParameter(settings, from), globalOutputsParameter(settings)];
  const parameter = (name: string): string => arn(props, 'ssm', `parameter${name}`);
  const assemblies = `arn:aws:s3:::${bootstrapBucket(settings.account, to.region)}`;
  const endpoint = parameter(names.databaseEndpointParameter);
  return [
    allow('ReadWhatStands', ['ssm:GetParameter'], published.map(parameter)),
    // Which published assembly the site stands by.
    allow('FindAssemblies', ['s3:ListBucket'], [assemblies], { StringLike: { 's3:prefix': 'altsite/assemblies/*' } }),
    allow('ReadAssemblies', ['s3:GetObject'], [`${assemblies}/altsite/assemblies/*`]),
    allow('ReadTemplates', ['cloudformation:GetTemplate'], [arn(props, 'cloudformation', `stack/${stackName(settings, to, '*')}/*`)]),
    allow('PointTheApplication', ['ssm:GetParameter', 'ssm:GetParameterHistory', 'ssm:PutParameter'], [endpoint]),
    allow('KnowSiteKey', ['kms:Decrypt', 'kms:DescribeKey'], [arn(props, 'kms', 'key/*')], {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': names.keyAlias },
    }),
    allow('ReadOwnLogin', ['secretsmanager:GetSecretValue'], [arn(props, 'secretsmanager', `secret:${names.secret}-??????`)]),
  ];
};

const restoring = (props: OrchestratorRoleProps): PolicyStatement[] => {
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

const serving = (props: OrchestratorRoleProps): PolicyStatement[] => {
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

const proving = (props: OrchestratorRoleProps): PolicyStatement[] => {
  const names = siteNames(props.settings, props.to);
  return [
    allow('LookAtLogGroups', ['logs:DescribeLogGroups'], ['*'], inRegion(props)),
    allow('FindCanary', ['logs:FilterLogEvents'], [arn(props, 'logs', `log-group:${names.logGroup}:*`)]),
    allow('PublishProbe', ['cloudwatch:PutMetricData'], ['*'], { StringEquals: { 'cloudwatch:namespace': names.metricNamespace } }),
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
const keepingRuns = ({ settings, to }: OrchestratorRoleProps): PolicyStatement[] => {
  const bucket = `arn:aws:s3:::${siteNames(settings, to).journalBucket}`;
  return [
    allow('KeepRuns', ['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention'], [`${bucket}/*`]),
    allow('FindRuns', ['s3:GetBucketObjectLockConfiguration', 's3:ListBucket'], [bucket]),
  ];
};

const movingTraffic = ({ settings, to }: OrchestratorRoleProps): PolicyStatement[] => {
  const switchBucket = `arn:aws:s3:::${siteNames(settings, to).switchBucket}`;
  const witness = `arn:aws:s3:::${witnessBucket(settings)}`;
  return [
    allow('FenceAndCutOver', ['s3:GetObject', 's3:PutObject'], [`${witness}/${epochKey}`, `${switchBucket}/${switchKey}`]),
    allow('TellAbsentFromForbidden', ['s3:ListBucket'], [witness, switchBucket]),
  ];
};
