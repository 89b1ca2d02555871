import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { defineCheck } from '../kit/define-check.js';
import { newestCopy, newestCopyIam } from '../kit/newest-copy.js';

interface Input {
  /** What a disaster at this moment may cost at most: the recovery point objective. */
  readonly withinSeconds: number;
}

/** Whether a disaster at this moment would lose no more than was promised: by the newest *completed* copy, whatever jobs say of themselves. */
export const backupCopyIsFresh = defineCheck<Input>({
  uses: 'backup.copy-is-fresh',
  claim: 'the newest data copied to this site is younger than the recovery point objective',
  input: z.strictObject({ withinSeconds: z.int().min(1) }),
  iam: newestCopyIam,
  expectedSeconds: 5,
  patienceSeconds: 0,
  paceSeconds: 10,
  waivable: false,
  ask: async ({ withinSeconds }, ctx) => {
    const { identifier } = ctx.targets.facts.database;
    const about = {
      expected: `a completed copy of ${identifier}, at most ${withinSeconds} s old`,
      source: `backup:ListRecoveryPointsByBackupVault ${ctx.targets.site.vault} in ${ctx.to.region}`,
    };
    return asking(about, async () => {
      const { newest, seen } = await newestCopy(ctx, identifier);
      if (!newest) return { holds: false, observed: `no completed copy (${seen})` };
      const ageSeconds = Math.round((Date.parse(ctx.at) - Date.parse(newest.snapshotAt)) / 1000);
      return {
        holds: ageSeconds <= withinSeconds,
        observed: `data of ${newest.snapshotAt}, ${ageSeconds} s old`,
        data: { ...newest, ageSeconds },
      };
    });
  },
});
