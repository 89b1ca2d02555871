import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { altsite, startTwin, type Ran, type Twin } from './support/altsite.js';
import { deployProduction } from './support/production.js';

/** ALTSITE_ROUNDS=20 races them as often as the engine's own test does, which needs no processes: `test/recovery/two-operators`. */
const rounds = Number(process.env['ALTSITE_ROUNDS'] ?? 1);

describe('two operators, two processes each round, who start the same recovery on one twin at the same moment', () => {
  let twin: Twin;
  beforeAll(async () => {
    twin = await startTwin({ seed: 7 });
    await deployProduction(twin);
  }, 240_000);
  afterAll(() => twin.stop());

  // Nothing was backed up, so that whoever proceeds holds at once, and gives up.
  it.each(['file', 's3'])(
    `over the %s store, rounds: ${rounds}: one proceeds, the other is told who, where and how to follow`,
    async (store) => {
      for (let round = 1; round <= rounds; round++) {
        const start = (role: string): Promise<Ran> =>
          altsite(['run', '--no-scenario', '--authority', role, '--reason', 'test', '--store', store, '--twin', twin.url], twin);
        const ran = await Promise.all([start('cto'), start('ceo')]);
        const loser = ran.find(({ code }) => code === 7);
        const winner = ran.find(({ code }) => code === 3);
        if (!loser || !winner) throw new Error(`round ${round}: ${ran.map(({ code, stderr }) => `${code}\n${stderr}`).join('\n')}`);
        const run = /^run (\S+)$/m.exec(winner.stderr)?.[1] ?? 'none';
        expect(loser.stderr).toContain(`run ${run} `);
        expect(loser.stderr).toMatch(/(cto|ceo), process \d+ on \S+ since /);
        expect(loser.stderr).toMatch(new RegExp(`altsite (status|resume) ${run}`));
        expect(loser.stderr).not.toMatch(/^run /m);
        if (store === 's3') expect(existsSync(join(twin.home, 'runs', run, 'journal.jsonl'))).toBe(false);

        const third = await start('cto');
        expect({ code: third.code, err: third.stderr }).toEqual({ code: 7, err: expect.stringContaining(`altsite resume ${run}`) });
        const where = ['--store', store, '--twin', twin.url];
        const status = await altsite(['status', run, '--json', ...where], twin);
        expect({ code: status.code, err: status.stderr }).toEqual({ code: 0, err: '' });
        const { hold } = status.json() as { hold: { task: string } };
        expect(third.stderr).toContain(`altsite decide ${run} ${hold.task} abandon`);
        const decided = await altsite(['decide', run, hold.task, 'abandon', '--by', 'cto', '--reason', 'no backup', ...where], twin);
        expect({ code: decided.code, err: decided.stderr }).toEqual({ code: 0, err: '' });
        expect((await altsite(['resume', run, '--no-scenario', ...where], twin)).code).toBe(7);
      }
    },
    60_000 + rounds * 60_000,
  );
});
