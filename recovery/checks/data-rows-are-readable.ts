import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { defineCheck } from '../kit/define-check.js';
import { countSchema } from '../kit/web-documents.js';
import { getJson, originOf } from '../kit/website.js';

/** That rows can be read, and how many; whether they are the right ones is for the client's own ledger to say. */
export const dataRowsAreReadable = defineCheck<object>({
  uses: 'data.rows-are-readable',
  claim: 'the rows of the restored database can be read through the application',
  input: z.strictObject({}),
  iam: [],
  expectedSeconds: 5,
  patienceSeconds: 180,
  paceSeconds: 5,
  // The data: nobody can answer for rows that nobody could read.
  waivable: false,
  ask: async (_input, ctx) => {
    const place = originOf(ctx);
    return asking({ expected: 'at least one row', source: `GET http://${place.host}:${place.port}/orders/count` }, async () => {
      const { count } = await getJson(ctx, place, '/orders/count', countSchema);
      // An empty table and a lost one look the same from here.
      return { holds: count > 0 ? true : 'unknown', observed: `${count} rows` };
    });
  },
});
