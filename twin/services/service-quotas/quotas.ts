import type * as ServiceQuotas from '@aws-sdk/client-service-quotas';
import { AwsError } from '../../wire/aws-error.js';
import { mostVpcs } from '../ec2/vpcs.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';

/** What new accounts have (VPC user guide, "Amazon VPC quotas"; AWS General Reference, "Amazon ECS endpoints and quotas"). */
const known = [
  {
    ServiceCode: 'vpc',
    ServiceName: 'Amazon Virtual Private Cloud (Amazon VPC)',
    QuotaCode: 'L-F678F1CE',
    QuotaName: 'VPCs per Region',
    Value: mostVpcs,
  },
  {
    ServiceCode: 'fargate',
    ServiceName: 'AWS Fargate',
    QuotaCode: 'L-3032A538',
    QuotaName: 'Fargate On-Demand vCPU resource count',
    Value: 6,
  },
];

export const quotas = {
  GetServiceQuota: (input, ctx) => {
    accept('service-quotas.GetServiceQuota', input, ['ServiceCode', 'QuotaCode']);
    const found = known.find(({ ServiceCode, QuotaCode }) => ServiceCode === input.ServiceCode && QuotaCode === input.QuotaCode);
    if (!found)
      throw new AwsError(
        'NotModelled',
        `NotModelled: service-quotas.GetServiceQuota of ${input.ServiceCode} ${input.QuotaCode}: the twin knows ${known.map(({ QuotaCode }) => QuotaCode).join(', ')}`,
        { status: 501 },
      );
    const QuotaArn = `arn:aws:servicequotas:${ctx.region}:${ctx.account}:${found.ServiceCode}/${found.QuotaCode}`;
    return { Quota: { ...found, QuotaArn, Unit: 'None', Adjustable: true, GlobalQuota: false, QuotaAppliedAtLevel: 'ACCOUNT' } };
  },
} satisfies Operations<typeof ServiceQuotas>;
