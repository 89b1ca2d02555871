import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { epochKey, factsParameter, globalOutputsParameter, siteNames, switchKey, witnessBucket } from '../contract/names.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { orchestratorRoleName, restoreRoleName, roleArn } from '../role-names.js';
import { stackName } from '../stack-name.js';

export interface OrchestratorRoleProps {
  readonly settings: Settings;
  readonly from: SiteSettings;
  readonly to: SiteSettings;
  readonly zoneId: string;
}

/**
 * What a recovery from one site to another runs as. It can act in the region recovered to and on the fence's epoch, read
 * DNS, and touch nothing where it recovers from; it can delete nothing.
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
    for (const statement of [...knowing(props), ...restoring(props), ...serving(props), ...proving(props), ...movingTraffic(props)]) {
      role.addToPolicy(statement);
    }
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
  const endpoint = names.databaseEndpointParameter;
  return [
    allow(
      'ReadWhatStands',
      ['ssm:GetParameter'],
      [...published, endpoint].map((name) => arn(props, 'ssm', `parameter${name}`)),
    ),
    allow('PointTheApplication', ['ssm:PutParameter'], [arn(props, 'ssm', `parameter${endpoint}`)]),
  ];
};

const restoring = (props: OrchestratorRoleProps): PolicyStatement[] => {
  const { settings, to } = props;
  const names = siteNames(settings, to);
  return [
    allow(
      'ChooseRecoveryPoint',
      ['backup:ListRecoveryPointsByBackupVault', 'backup:DescribeBackupVault'],
      [arn(props, 'backup', `backup-vault:${names.vault}`)],
    ),
    allow(
      'Restore',
      ['backup:DescribeRecoveryPoint', 'backup:GetRecoveryPointRestoreMetadata', 'backup:StartRestoreJob'],
      [arn(props, 'backup', `backup-vault:${names.vault}`), arn(props, 'rds', 'snapshot:awsbackup:*')],
    ),
    allow('FollowRestore', ['backup:DescribeRestoreJob', 'backup:ListRestoreJobs'], ['*'], inRegion(props)),
    allow('HandRestoreRoleToBackup', ['iam:PassRole'], [roleArn(settings, restoreRoleName(settings, to))], {
      StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' },
    }),
    allow(
      'LookAtDatabases',
      ['rds:DescribeDBInstances', 'rds:DescribeDBParameters', 'rds:DescribePendingMaintenanceActions', 'rds:ListTagsForResource'],
      ['*'],
      inRegion(props),
    ),
    allow(
      'FinishRestoredDatabase',
      ['rds:ModifyDBInstance', 'rds:RebootDBInstance', 'rds:AddTagsToResource'],
      [arn(props, 'rds', `db:${names.database('*')}`), arn(props, 'rds', 'pg:*'), arn(props, 'rds', 'subgrp:*')],
    ),
    allow(
      'ReadOwnLogin',
      ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      [arn(props, 'secretsmanager', `secret:${names.secret}-??????`)],
    ),
    allow('UseSiteKey', ['kms:Decrypt', 'kms:DescribeKey'], [arn(props, 'kms', 'key/*')], {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': names.keyAlias },
    }),
  ];
};

const serving = (props: OrchestratorRoleProps): PolicyStatement[] => {
  const { settings, to } = props;
  const names = siteNames(settings, to);
  return [
    allow(
      'SetCapacity',
      [
        'cloudformation:DescribeStacks',
        'cloudformation:DescribeStackEvents',
        'cloudformation:DescribeStackResources',
        'cloudformation:GetTemplate',
        'cloudformation:UpdateStack',
        'cloudformation:CreateChangeSet',
        'cloudformation:DescribeChangeSet',
        'cloudformation:ExecuteChangeSet',
      ],
      [arn(props, 'cloudformation', `stack/${stackName(settings, to, 'Service')}/*`)],
    ),
    allow('ScaleService', ['ecs:UpdateService', 'ecs:DescribeServices'], [arn(props, 'ecs', `service/${names.cluster}/${names.service}`)]),
    allow('LookAtTasks', ['ecs:ListTasks', 'ecs:DescribeTasks', 'ecs:DescribeTaskDefinition'], ['*'], inRegion(props)),
    allow(
      'LookAtLoadBalancer',
      [
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
      ],
      ['*'],
      inRegion(props),
    ),
  ];
};

const proving = (props: OrchestratorRoleProps): PolicyStatement[] => {
  const names = siteNames(props.settings, props.to);
  return [
    allow(
      'FindCanary',
      ['logs:FilterLogEvents', 'logs:DescribeLogStreams', 'logs:GetLogEvents'],
      [arn(props, 'logs', `log-group:${names.logGroup}:*`)],
    ),
    allow('PublishProbe', ['cloudwatch:PutMetricData'], ['*'], { StringEquals: { 'cloudwatch:namespace': names.metricNamespace } }),
    allow('LookAtAlarm', ['cloudwatch:DescribeAlarms'], [arn(props, 'cloudwatch', `alarm:${names.alarm}`)]),
  ];
};

const movingTraffic = ({ settings, to, zoneId }: OrchestratorRoleProps): PolicyStatement[] => {
  const switchBucket = `arn:aws:s3:::${siteNames(settings, to).switchBucket}`;
  const witness = `arn:aws:s3:::${witnessBucket(settings)}`;
  return [
    allow('FenceAndCutOver', ['s3:GetObject', 's3:PutObject'], [`${witness}/${epochKey}`, `${switchBucket}/${switchKey}`]),
    allow('TellAbsentFromForbidden', ['s3:ListBucket'], [witness, switchBucket]),
    allow('LookAtRecords', ['route53:GetHostedZone', 'route53:ListResourceRecordSets'], [`arn:aws:route53:::hostedzone/${zoneId}`]),
    allow('LookAtSwitch', ['route53:GetHealthCheck', 'route53:GetHealthCheckStatus'], ['arn:aws:route53:::healthcheck/*']),
  ];
};
