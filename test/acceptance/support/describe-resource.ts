import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { BackupClient, DescribeBackupVaultCommand, GetBackupPlanCommand, ListBackupSelectionsCommand } from '@aws-sdk/client-backup';
import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand, DescribeMetricFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as ec2 from '@aws-sdk/client-ec2';
import { DescribeRegistryCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeClustersCommand, DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSubnetGroupsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import {
  GetHealthCheckCommand,
  GetHostedZoneCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { GetBucketPolicyCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetSubscriptionAttributesCommand, GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

type Config = { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
/** Whether the service itself knows it; an error of the service counts as no. */
type Look = (physicalId: string, config: Config) => Promise<unknown>;

const one = (list: readonly unknown[] | undefined): unknown => list?.[0];
const named = (Values: string, Name: string) => ({ Filters: [{ Name, Values: [Values] }] });
const vpc = (config: Config) => new ec2.EC2Client(config);
const joined = (physicalId: string): [string, string] => {
  const [first = '', second = ''] = physicalId.split('|');
  return [first, second];
};
const rules = async (id: string, config: Config) =>
  one((await vpc(config).send(new ec2.DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] }))).SecurityGroupRules);
const anyRecord: Look = async (name, config) => {
  const route53 = new Route53Client(config);
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}));
  const sets = await Promise.all(HostedZones.map(({ Id }) => route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }))));
  return sets.some(({ ResourceRecordSets }) =>
    ResourceRecordSets?.some(({ Name }) => Name?.replace(/\.$/, '') === name.replace(/\.$/, '')),
  );
};

/** How each kind of resource that production has is found by its own service, given its physical id. */
const looks: Readonly<Record<string, Look>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': async (id, config) => {
    const [ResourceId] = joined(id);
    const asked = new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: [ResourceId] });
    return one((await new ApplicationAutoScalingClient(config).send(asked)).ScalableTargets);
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': async (id, config) =>
    (
      await new ApplicationAutoScalingClient(config).send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' }))
    ).ScalingPolicies?.find(({ PolicyARN }) => PolicyARN === id),
  'AWS::Backup::BackupPlan': (id, config) => new BackupClient(config).send(new GetBackupPlanCommand({ BackupPlanId: id })),
  'AWS::Backup::BackupSelection': async (id, config) => {
    // `SELECTION_PLAN`, neither of which has an underscore.
    const [SelectionId, BackupPlanId] = id.split('_');
    const { BackupSelectionsList } = await new BackupClient(config).send(new ListBackupSelectionsCommand({ BackupPlanId }));
    return BackupSelectionsList?.find((found) => found.SelectionId === SelectionId);
  },
  'AWS::Backup::BackupVault': (id, config) => new BackupClient(config).send(new DescribeBackupVaultCommand({ BackupVaultName: id })),
  'AWS::CertificateManager::Certificate': (id, config) =>
    new ACMClient(config).send(new DescribeCertificateCommand({ CertificateArn: id })),
  'AWS::CloudWatch::Alarm': async (id, config) =>
    one(
      (await new CloudWatchClient(config).send(new DescribeAlarmsCommand({ AlarmNames: [id], AlarmTypes: ['MetricAlarm'] }))).MetricAlarms,
    ),
  'AWS::CloudWatch::CompositeAlarm': async (id, config) =>
    one(
      (await new CloudWatchClient(config).send(new DescribeAlarmsCommand({ AlarmNames: [id], AlarmTypes: ['CompositeAlarm'] })))
        .CompositeAlarms,
    ),
  'AWS::CloudWatch::Dashboard': (id, config) => new CloudWatchClient(config).send(new GetDashboardCommand({ DashboardName: id })),
  'AWS::EC2::FlowLog': async (id, config) => one((await vpc(config).send(new ec2.DescribeFlowLogsCommand({ FlowLogIds: [id] }))).FlowLogs),
  'AWS::EC2::InternetGateway': async (id, config) =>
    one((await vpc(config).send(new ec2.DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] }))).InternetGateways),
  'AWS::EC2::Route': async (id, config) => {
    const [RouteTableId = '', cidr] = joined(id);
    const { RouteTables } = await vpc(config).send(new ec2.DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }));
    return RouteTables?.[0]?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === cidr);
  },
  'AWS::EC2::RouteTable': async (id, config) =>
    one((await vpc(config).send(new ec2.DescribeRouteTablesCommand({ RouteTableIds: [id] }))).RouteTables),
  'AWS::EC2::SecurityGroup': async (id, config) =>
    one((await vpc(config).send(new ec2.DescribeSecurityGroupsCommand({ GroupIds: [id] }))).SecurityGroups),
  'AWS::EC2::SecurityGroupEgress': rules,
  'AWS::EC2::SecurityGroupIngress': rules,
  'AWS::EC2::Subnet': async (id, config) => one((await vpc(config).send(new ec2.DescribeSubnetsCommand({ SubnetIds: [id] }))).Subnets),
  'AWS::EC2::SubnetRouteTableAssociation': async (id, config) =>
    one((await vpc(config).send(new ec2.DescribeRouteTablesCommand(named(id, 'association.route-table-association-id')))).RouteTables),
  'AWS::EC2::VPC': async (id, config) => one((await vpc(config).send(new ec2.DescribeVpcsCommand({ VpcIds: [id] }))).Vpcs),
  'AWS::EC2::VPCEndpoint': async (id, config) =>
    one((await vpc(config).send(new ec2.DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }))).VpcEndpoints),
  'AWS::EC2::VPCGatewayAttachment': async (id, config) => {
    const [, VpcId] = joined(id);
    return one((await vpc(config).send(new ec2.DescribeInternetGatewaysCommand(named(VpcId, 'attachment.vpc-id')))).InternetGateways);
  },
  'AWS::ECR::ReplicationConfiguration': async (_id, config) =>
    one((await new ECRClient(config).send(new DescribeRegistryCommand({}))).replicationConfiguration?.rules),
  'AWS::ECR::Repository': async (id, config) =>
    one((await new ECRClient(config).send(new DescribeRepositoriesCommand({ repositoryNames: [id] }))).repositories),
  'AWS::ECS::Cluster': async (id, config) =>
    one((await new ECSClient(config).send(new DescribeClustersCommand({ clusters: [id] }))).clusters),
  'AWS::ECS::Service': async (id, config) => {
    const cluster = id.split('/')[1];
    return one((await new ECSClient(config).send(new DescribeServicesCommand({ cluster, services: [id] }))).services);
  },
  'AWS::ECS::TaskDefinition': (id, config) => new ECSClient(config).send(new DescribeTaskDefinitionCommand({ taskDefinition: id })),
  'AWS::ElasticLoadBalancingV2::Listener': async (id, config) =>
    one((await new ElasticLoadBalancingV2Client(config).send(new DescribeListenersCommand({ ListenerArns: [id] }))).Listeners),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': async (id, config) =>
    one((await new ElasticLoadBalancingV2Client(config).send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [id] }))).LoadBalancers),
  'AWS::ElasticLoadBalancingV2::TargetGroup': async (id, config) =>
    one((await new ElasticLoadBalancingV2Client(config).send(new DescribeTargetGroupsCommand({ TargetGroupArns: [id] }))).TargetGroups),
  'AWS::IAM::Role': (id, config) => new IAMClient(config).send(new GetRoleCommand({ RoleName: id })),
  'AWS::KMS::Alias': (id, config) => new KMSClient(config).send(new DescribeKeyCommand({ KeyId: id })),
  'AWS::KMS::Key': (id, config) => new KMSClient(config).send(new DescribeKeyCommand({ KeyId: id })),
  'AWS::Logs::LogGroup': async (id, config) =>
    (await new CloudWatchLogsClient(config).send(new DescribeLogGroupsCommand({ logGroupNamePrefix: id }))).logGroups?.find(
      ({ logGroupName }) => logGroupName === id,
    ),
  'AWS::Logs::MetricFilter': async (id, config) =>
    one((await new CloudWatchLogsClient(config).send(new DescribeMetricFiltersCommand({ filterNamePrefix: id }))).metricFilters),
  'AWS::RDS::DBInstance': async (id, config) =>
    one((await new RDSClient(config).send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }))).DBInstances),
  'AWS::RDS::DBParameterGroup': async (id, config) =>
    one((await new RDSClient(config).send(new DescribeDBParameterGroupsCommand({ DBParameterGroupName: id }))).DBParameterGroups),
  'AWS::RDS::DBSubnetGroup': async (id, config) =>
    one((await new RDSClient(config).send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: id }))).DBSubnetGroups),
  'AWS::Route53::HealthCheck': (id, config) => new Route53Client(config).send(new GetHealthCheckCommand({ HealthCheckId: id })),
  'AWS::Route53::HostedZone': (id, config) => new Route53Client(config).send(new GetHostedZoneCommand({ Id: id })),
  'AWS::Route53::RecordSet': anyRecord,
  'AWS::S3::Bucket': (id, config) => new S3Client({ ...config, forcePathStyle: true }).send(new HeadBucketCommand({ Bucket: id })),
  'AWS::S3::BucketPolicy': (id, config) =>
    new S3Client({ ...config, forcePathStyle: true }).send(new GetBucketPolicyCommand({ Bucket: id })),
  'AWS::SNS::Subscription': (id, config) => new SNSClient(config).send(new GetSubscriptionAttributesCommand({ SubscriptionArn: id })),
  'AWS::SNS::Topic': (id, config) => new SNSClient(config).send(new GetTopicAttributesCommand({ TopicArn: id })),
  'AWS::SQS::Queue': (id, config) =>
    new SQSClient({ ...config, useQueueUrlAsEndpoint: false }).send(
      new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: ['QueueArn'] }),
    ),
  'AWS::SSM::Parameter': (id, config) => new SSMClient(config).send(new GetParameterCommand({ Name: id })),
  'AWS::SecretsManager::Secret': (id, config) => new SecretsManagerClient(config).send(new DescribeSecretCommand({ SecretId: id })),
};

/** Parts of something else (a role, a topic, a queue), under a physical id that no describe call takes. */
const unseen = new Set(['AWS::IAM::Policy', 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy', 'AWS::CDK::Metadata']);

/** Why a resource of a stack cannot be found by its service; undefined: it is there. */
export const missingFrom = async (type: string, physicalId: string, config: Config): Promise<string | undefined> => {
  if (unseen.has(type)) return undefined;
  const look = looks[type];
  if (!look) return `${type}: this test does not know how to look for it`;
  try {
    return (await look(physicalId, config)) ? undefined : `${type} ${physicalId}: not there`;
  } catch (error) {
    return `${type} ${physicalId}: ${String(error)}`;
  }
};
