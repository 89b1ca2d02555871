import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { defineCheck } from '../kit/define-check.js';
import { sqlCheckSchema } from '../kit/web-documents.js';
import { getJson, originOf } from '../kit/website.js';

/** The application logs in with this site's own secret, reads, and writes in a transaction that it rolls back. */
export const sqlAnswersThroughApplication = defineCheck<object>({
  uses: 'sql.answers-through-application',
  claim: 'the application reads and writes the restored database with the login of this site',
  input: z.strictObject({}),
  iam: [],
  expectedSeconds: 5,
  patienceSeconds: 180,
  paceSeconds: 5,
  // The data: what can be read and written is what was recovered.
  waivable: false,
  ask: async (_input, ctx) => {
    const place = originOf(ctx);
    return asking({ expected: 'read and write work', source: `GET http://${place.host}:${place.port}/sql-check` }, async () => {
      const { read, write, rows, engineVersion } = await getJson(ctx, place, '/sql-check', sqlCheckSchema);
      const works = (yes: boolean): string => (yes ? 'works' : 'does not');
      return {
        holds: read && write,
        observed: `read ${works(read)}, write ${works(write)}, ${rows} rows, PostgreSQL ${engineVersion}`,
      };
    });
  },
});
