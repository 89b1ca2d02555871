import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { theInstance } from '../kit/database-instance.js';
import { defineCheck } from '../kit/define-check.js';

/** Not reachable from the Internet, in the site's own subnets, behind the site's own security group and no other. */
export const databaseIsPrivate = defineCheck<{ readonly instance: string }>({
  uses: 'database.is-private',
  claim: "the restored database is private, in this site's subnet group and behind its security group alone",
  input: z.strictObject({ instance: z.string() }),
  iam: ['rds:DescribeDBInstances'],
  expectedSeconds: 2,
  patienceSeconds: 60,
  paceSeconds: 10,
  waivable: true,
  ask: async ({ instance }, ctx) => {
    const { subnetGroup, databaseSecurityGroup } = ctx.targets.site;
    const expected = inWords(false, subnetGroup, [databaseSecurityGroup]);
    return asking({ expected, source: `rds:DescribeDBInstances ${instance}` }, async () => {
      const { PubliclyAccessible, DBSubnetGroup, VpcSecurityGroups } = await theInstance(ctx, instance);
      const groups = (VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId);
      const observed = inWords(PubliclyAccessible, DBSubnetGroup?.DBSubnetGroupName, groups);
      return { holds: observed === expected, observed };
    });
  },
});

const inWords = (open: boolean | undefined, subnetGroup: string | undefined, groups: readonly (string | undefined)[]): string =>
  `${open === false ? 'private' : open ? 'public' : 'access unknown'}, subnet group ${subnetGroup}, security groups ${groups.join(', ') || 'none'}`;
