import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { theInstance } from '../kit/database-instance.js';
import { defineCheck } from '../kit/define-check.js';

/** A database under the lost region's key would be readable only as long as that region answers. */
export const databaseIsEncryptedWithSiteKey = defineCheck<{ readonly instance: string }>({
  uses: 'database.is-encrypted-with-site-key',
  claim: "the restored database is encrypted with this site's own key",
  input: z.strictObject({ instance: z.string() }),
  iam: ['rds:DescribeDBInstances'],
  expectedSeconds: 2,
  patienceSeconds: 60,
  paceSeconds: 10,
  // The data: a copy cannot be encrypted with another key in place, so what passes here stays.
  waivable: false,
  ask: async ({ instance }, ctx) =>
    asking({ expected: `encrypted with ${ctx.targets.site.keyArn}`, source: `rds:DescribeDBInstances ${instance}` }, async () => {
      const { StorageEncrypted, KmsKeyId } = await theInstance(ctx, instance);
      return {
        holds: StorageEncrypted === true && KmsKeyId === ctx.targets.site.keyArn,
        observed: StorageEncrypted ? `encrypted with ${KmsKeyId}` : 'not encrypted',
      };
    }),
});
