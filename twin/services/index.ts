import { cloudWatch } from './cloudwatch/index.js';
import { cloudWatchLogs } from './cloudwatch-logs/index.js';
import { ec2 } from './ec2/index.js';
import { applicationAutoScaling } from './application-auto-scaling/index.js';
import { dynamodb } from './dynamodb/index.js';
import { ecr } from './ecr/index.js';
import { s3 } from './s3/index.js';
import { ssm } from './ssm/index.js';
import { iam } from './iam/index.js';
import { sts } from './sts/index.js';
import { elasticLoadBalancingV2 } from './elastic-load-balancing-v2/index.js';
import { backup } from './backup/index.js';
import { kms } from './kms/index.js';
import { rds } from './rds/index.js';
import { secretsManager } from './secrets-manager/index.js';
import { cloudFormation } from './cloudformation/index.js';
import { ecs } from './ecs/index.js';
import { route53 } from './route-53/index.js';
import { route53RecoveryControlConfig } from './route53-recovery-control-config/index.js';
import { route53RecoveryCluster } from './route53-recovery-cluster/index.js';
import { sns } from './sns/index.js';
import { sqs } from './sqs/index.js';
import { acm } from './acm/index.js';
import { serviceQuotas } from './service-quotas/index.js';
import type { Service } from './service.js';

/** Every AWS service the twin has. */
export const services: readonly Service[] = [
  cloudFormation(() => services),
  elasticLoadBalancingV2,
  sts,
  iam,
  ssm,
  s3,
  ecr,
  backup,
  kms,
  rds,
  secretsManager,
  ecs,
  ec2,
  route53,
  route53RecoveryCluster,
  route53RecoveryControlConfig,
  applicationAutoScaling,
  dynamodb,
  cloudWatchLogs,
  cloudWatch,
  sns,
  sqs,
  acm,
  serviceQuotas,
];
