import { DescribeAccountAttributesCommand } from '@aws-sdk/client-rds';
import type { Quota } from '../model/plan.js';
import type { Aws } from '../ports/aws.js';

/** Those that a recovery can run into. */
const ofInterest = ['DBInstances', 'AllocatedStorage'];

/** The quotas of databases in a region, as RDS counts them. */
export const readQuotas = async (aws: Aws, region: string): Promise<readonly Quota[]> => {
  const { AccountQuotas = [] } = await aws.rds(region).send(new DescribeAccountAttributesCommand({}));
  const source = `rds:DescribeAccountAttributes in ${region}`;
  return AccountQuotas.flatMap(({ AccountQuotaName = '', Used, Max }) =>
    ofInterest.includes(AccountQuotaName) && Used !== undefined && Max !== undefined
      ? [{ name: `rds:${AccountQuotaName}`, region, used: Used, limit: Max, source }]
      : [],
  );
};
