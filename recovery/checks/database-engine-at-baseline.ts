import { z } from 'zod';
import { asking, same } from '../kit/asking.js';
import { theInstance } from '../kit/database-instance.js';
import { defineCheck } from '../kit/define-check.js';

/** The baseline is what was written down about production, not what happens to be newest. */
export const databaseEngineAtBaseline = defineCheck<{ readonly instance: string }>({
  uses: 'database.engine-at-baseline',
  claim: "the restored database's engine is at the written baseline",
  input: z.strictObject({ instance: z.string() }),
  iam: ['rds:DescribeDBInstances'],
  expectedSeconds: 2,
  patienceSeconds: 60,
  paceSeconds: 10,
  waivable: true,
  ask: async ({ instance }, ctx) => {
    const { engine, engineVersion } = ctx.targets.facts.database;
    const expected = `${engine} ${engineVersion}`;
    return asking({ expected, source: `rds:DescribeDBInstances ${instance}` }, async () => {
      const { Engine, EngineVersion } = await theInstance(ctx, instance);
      return same(`${Engine} ${EngineVersion}`, expected);
    });
  },
});
