import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import type { RegionAws } from '../ports/region-aws.js';

/** What AWS lets the account have now, by the codes of Service Quotas; `undefined`: it does not tell. */
export const serviceQuota = async (
  [ServiceCode, QuotaCode]: readonly [service: string, quota: string],
  region: string,
  aws: RegionAws,
): Promise<number | undefined> => {
  const { Quota } = await aws.serviceQuotas(region).send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }));
  return Quota?.Value;
};
