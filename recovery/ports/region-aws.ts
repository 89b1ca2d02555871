import type { ACMClient } from '@aws-sdk/client-acm';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ECRClient } from '@aws-sdk/client-ecr';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { Aws, Sends } from './aws.js';

/** AWS's APIs that say what a region offers and has, beside those that a recovery uses: asked beforehand, never by a run. */
export interface RegionAws extends Aws {
  acm(region: string): Sends<ACMClient>;
  ec2(region: string): Sends<EC2Client>;
  ecr(region: string): Sends<ECRClient>;
  serviceQuotas(region: string): Sends<ServiceQuotasClient>;
}
