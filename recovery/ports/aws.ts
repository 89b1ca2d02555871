import type { BackupClient } from '@aws-sdk/client-backup';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { RDSClient } from '@aws-sdk/client-rds';
import type { Route53RecoveryClusterClient } from '@aws-sdk/client-route53-recovery-cluster';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';

/** As much of a client as anybody needs. */
export type Sends<Client extends { send: unknown }> = Pick<Client, 'send'>;

/**
 * AWS's APIs, one client per service and region. There is no IAM here, and of Route 53 only the data plane of routing controls: a recovery has
 * nothing to ask their control planes.
 * Every error that leaves a client is a RecoveryError (`adapters/aws-errors.ts`).
 */
export interface Aws {
  backup(region: string): Sends<BackupClient>;
  cloudformation(region: string): Sends<CloudFormationClient>;
  cloudwatch(region: string): Sends<CloudWatchClient>;
  logs(region: string): Sends<CloudWatchLogsClient>;
  ecs(region: string): Sends<ECSClient>;
  elb(region: string): Sends<ElasticLoadBalancingV2Client>;
  kms(region: string): Sends<KMSClient>;
  rds(region: string): Sends<RDSClient>;
  /** The endpoint of an ARC cluster in a region, by the URL that only this cluster has there. */
  routingControls(region: string, url: string): Sends<Route53RecoveryClusterClient>;
  s3(region: string): Sends<S3Client>;
  secrets(region: string): Sends<SecretsManagerClient>;
  sns(region: string): Sends<SNSClient>;
  sqs(region: string): Sends<SQSClient>;
  ssm(region: string): Sends<SSMClient>;
  sts(region: string): Sends<STSClient>;
}
