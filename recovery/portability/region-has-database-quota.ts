import { DescribeAccountAttributesCommand } from '@aws-sdk/client-rds';
import { resourcesOfType } from '../../lib/portability/walk.js';
import type { Probe } from './probe.js';

/** Each database that the stack has beside one: `1 20` is one instance and 20 GiB. */
export const regionHasDatabaseQuota: Probe = {
  id: 'region-has-database-quota',
  summary: "the account's quotas of databases in the region leave room for the stack's",
  wants: (stack) => {
    const all = resourcesOfType(stack, 'AWS::RDS::DBInstance');
    const gibibytes = all.reduce((sum, { resource }) => sum + Number(resource.Properties?.['AllocatedStorage'] ?? 0), 0);
    return all.length === 0 ? [] : [{ path: stack.path, name: `${all.length} ${gibibytes}` }];
  },
  lacks: async ({ name }, region, aws) => {
    const [instances = 0, gibibytes = 0] = name.split(' ').map(Number);
    const { AccountQuotas = [] } = await aws.rds(region).send(new DescribeAccountAttributesCommand({}));
    const short = (quota: string, needed: number): string[] => {
      const found = AccountQuotas.find(({ AccountQuotaName }) => AccountQuotaName === quota);
      if (found?.Max === undefined || found.Used === undefined) return [`${region} does not tell its quota ${quota}`];
      const left = found.Max - found.Used;
      return left < needed ? [`quota ${quota} in ${region} leaves ${left} of ${found.Max}, and ${needed} are needed`] : [];
    };
    const all = [...short('DBInstances', instances), ...short('AllocatedStorage', gibibytes)];
    return all.length > 0 ? all.join('; ') : undefined;
  },
};
