import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackupClient, ListRestoreJobsCommand } from '@aws-sdk/client-backup';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { join } from 'node:path';
import { altsite, journalOf, startTwin, type Ran, type Twin } from './support/altsite.js';
import { deployProduction } from './support/production.js';
import { customer } from './support/customer.js';
import { killingProxy, type Kill, type Passing, type Strike } from './support/killing-proxy.js';
import { backUpAndCopy, configOf } from './support/protect.js';
import { ownClock } from './support/world-clock.js';

/** ALTSITE_SEED replays a failure. */
const seed = Number(process.env.ALTSITE_SEED ?? Math.floor(Math.random() * 1_000_000));
/** Minimal standard generator: enough to choose moments. */
let state = seed + 1;
const draw = (least: number, most: number): number => {
  state = (state * 48271) % 2147483647;
  return least + (state % (most - least + 1));
};

type Call = (passing: Passing) => boolean;
const operation =
  (name: string): Call =>
  (passing) =>
    passing.operation === name;
const put =
  (part: string): Call =>
  ({ method, url }) =>
    method === 'PUT' && url.includes(part);
/** Killed when the twin has answered this call and nobody has heard it. */
const at = (name: string, call: Call): Kill => ({ name, strikes: (passing) => (call(passing) ? 'before-response' : undefined) });
/** Killed at a call of the seed's choice; at the latest before `call` is sent, which has its own turn. */
const before = (call: Call, chosen: { readonly nth: number; readonly strike: Strike } | null): Kill => ({
  name: chosen === null ? 'too early for the entry' : `call ${chosen.nth}`,
  strikes: (passing) => (call(passing) ? 'before-request' : passing.count === chosen?.nth ? chosen.strike : undefined),
});
type Moment = Kill & { readonly journalEntry?: number };

/** How often the orchestrator dies: six times by default; `npm run sim:kills` has it die fifty times. */
const kills = Number(process.env.ALTSITE_KILLS ?? 6);
/** The calls that must not happen twice, in the order in which a run meets them. */
const decisive = [
  ['the restore', operation('PUT /restore-jobs')],
  ['the scaling', operation('UpdateService')],
  ['the change set', operation('ExecuteChangeSet')],
  ['the fence', put('epoch.json')],
  ['the cut-over', put('cut-over')],
] as const;

/** Each process dies at the first moment that fits it; between the decisive calls the seed chooses. */
const moments: readonly Moment[] = decisive.flatMap(([name, call], nth) => {
  const between =
    Math.floor(((kills - decisive.length) * (nth + 1)) / decisive.length) - Math.floor(((kills - decisive.length) * nth) / decisive.length);
  const chosen = (): Moment =>
    draw(0, 3) === 0
      ? { ...before(call, null), journalEntry: draw(2, 4) }
      : before(call, { nth: draw(1, 4), strike: draw(0, 1) ? 'before-request' : 'before-response' });
  return [...Array.from({ length: between }, chosen), at(name, call)];
});

describe(`an orchestrator killed at ${kills} moments of one run and resumed each time`, () => {
  let twin: Twin;
  let proxy: Awaited<ReturnType<typeof killingProxy>> | undefined;
  beforeAll(async () => {
    twin = await startTwin({ seed });
    await deployProduction(twin);
  }, 240_000);
  afterAll(async () => {
    await proxy?.close();
    await twin.stop();
  });

  it(
    'ends where an undisturbed one ends, with everything done exactly once',
    async () => {
      const www = customer(twin);
      const acknowledged: string[] = [];
      const order = async (): Promise<void> => {
        const id = `order-${String(acknowledged.length).padStart(5, '0')}`;
        if (await www.order(id)) acknowledged.push(id);
      };
      const clock = await ownClock(twin.url);
      // The image is in the other region by then.
      await clock.pass(1800);
      for (let count = 0; count < 20; count++) await order();
      const inBackup = acknowledged.length;
      await backUpAndCopy(twin, clock, async () => undefined);
      for (let count = 0; count < 5; count++) await order();
      await clock.release();
      await altsite(['twin', 'fault', 'region-outage', '--region', 'eu-west-1', '--twin', twin.url], twin);

      const relay = (proxy = await killingProxy(twin.url));
      let run: string | undefined;
      const deaths: string[] = [];
      /** The task of the last entry that each death left. */
      const tasksHit: string[] = [];
      const carryOn = async (moment: Moment | undefined): Promise<Ran> => {
        const env: Record<string, string> =
          moment?.journalEntry !== undefined
            ? {
                ALTSITE_TEST_KILL_IN_ENTRY: String(moment.journalEntry),
                NODE_OPTIONS: `--import ${join(process.cwd(), 'test/acceptance/support/kill-in-journal-write.mjs')}`,
              }
            : {};
        const started = (child: { kill: (signal: NodeJS.Signals) => boolean }): void => {
          if (moment) relay.aim(moment, () => child.kill('SIGKILL'));
        };
        const struck = relay.killed.length;
        const ran = await altsite([...(run === undefined ? ['run'] : ['resume', run]), '--twin', relay.url, '--json'], {
          home: twin.home,
          env,
          started,
        });
        run ??= /^run (\S+)$/m.exec(ran.stderr)?.[1];
        const last = run === undefined ? undefined : (await journalOf(twin.home, run)).at(-1);
        const how =
          relay.killed.length > struck ? relay.killed.at(-1) : `inside the write of an entry, the ${moment?.journalEntry}th of its process`;
        if (moment && typeof last?.['task'] === 'string') tasksHit.push(last['task']);
        if (moment)
          deaths.push(
            `${ran.signal ?? `exit ${ran.code}`} ${how}; last entry ${JSON.stringify(last?.['sequence'])} ${JSON.stringify(last?.['kind'])} ${JSON.stringify(last?.['task'] ?? '')}`,
          );
        return ran;
      };
      for (const moment of moments) expect([(await carryOn(moment)).signal, deaths.at(-1)]).toEqual(['SIGKILL', deaths.at(-1)]);
      const ran = await carryOn(undefined);
      expect(new Set(tasksHit).size).toBeGreaterThanOrEqual(Math.min(5, kills / 2));
      process.stderr.write(
        `seed ${seed} (replay: ALTSITE_SEED=${seed} npm run jest -- test/acceptance/killed-and-resumed)\n${deaths.map((death) => `  killed: ${death}\n`).join('')}  over ${new Set(tasksHit).size} tasks\n`,
      );

      expect(ran.stderr + ran.stdout).toContain('recovered');
      expect(ran.code).toBe(0);
      const report = ran.json() as { outcome: string; calls: object };
      expect(report.outcome).toBe('recovered');
      expect(report.calls).toEqual({ lostRegion: 0, usEast1ControlPlane: 0 });

      const { RestoreJobs } = await new BackupClient(configOf(twin, 'eu-central-1')).send(new ListRestoreJobsCommand({}));
      expect(RestoreJobs).toHaveLength(1);
      const { DBInstances } = await new RDSClient(configOf(twin, 'eu-central-1')).send(new DescribeDBInstancesCommand({}));
      expect(DBInstances).toHaveLength(1);
      expect(await www.site()).toBe('frankfurt');
      expect(await www.orders()).toEqual(new Set(acknowledged.slice(0, inBackup)));
      const verified = await altsite(['report', run ?? '', '--json'], twin);
      expect(verified.code).toBe(0);
    },
    120_000 + kills * 10_000,
  );
});
