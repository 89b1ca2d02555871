import { DescribePendingMaintenanceActionsCommand } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { theInstance } from '../kit/database-instance.js';
import { defineCheck } from '../kit/define-check.js';
import { everyPage } from '../kit/every-page.js';

/** No operating-system or engine patch is waiting for the restored instance. */
export const databaseNoPendingMaintenance = defineCheck<{ readonly instance: string }>({
  uses: 'database.no-pending-maintenance',
  claim: 'no maintenance of the restored database is pending',
  input: z.strictObject({ instance: z.string() }),
  iam: ['rds:DescribeDBInstances', 'rds:DescribePendingMaintenanceActions'],
  expectedSeconds: 2,
  patienceSeconds: 60,
  paceSeconds: 10,
  waivable: true,
  ask: async ({ instance }, ctx) =>
    asking({ expected: 'none', source: `rds:DescribePendingMaintenanceActions ${instance}` }, async () => {
      const { DBInstanceArn } = await theInstance(ctx, instance);
      const resources = await everyPage(async (Marker) => {
        const page = await ctx.aws
          .rds(ctx.to.region)
          .send(new DescribePendingMaintenanceActionsCommand({ ResourceIdentifier: DBInstanceArn, Marker }));
        return { items: page.PendingMaintenanceActions, next: page.Marker };
      });
      const actions = resources.flatMap(({ PendingMaintenanceActionDetails }) => PendingMaintenanceActionDetails ?? []);
      return { holds: actions.length === 0, observed: actions.map(({ Action }) => Action ?? 'unnamed').join(', ') || 'none' };
    }),
});
