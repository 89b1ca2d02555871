// Who waits in other ways. Each restore is asked for as soon as the bucket allows, and each database has a waiter of its own, begun with it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { RDSClient, RestoreDBInstanceFromDBSnapshotCommand, waitUntilDBInstanceAvailable } from '@aws-sdk/client-rds';
import { soonestStart } from './script.mjs';
import { scriptedRds } from './scripted-rds.mjs';
import { inVirtualTime } from './virtual-time.mjs';

const require = createRequire(import.meta.url);
const waiter = readFileSync(
  require.resolve('@aws-sdk/client-rds').replace(/dist-cjs.*/, 'dist-es/waiters/waitForDBInstanceAvailable.js'),
  'utf8',
);
const { version } = JSON.parse(readFileSync(require.resolve('@aws-sdk/client-rds/package.json'), 'utf8'));
/** As the installed package has them. */
export const sdk = { version, defaults: /serviceDefaults = (\{[^}]*\})/.exec(waiter)[1] };

const restoreAt = (rds, name) =>
  rds.answer(new RestoreDBInstanceFromDBSnapshotCommand({ DBInstanceIdentifier: name, DBSnapshotIdentifier: 'snapshot' }));

/** The SDK's own waiter over its own client; the client's answers are scripted where it would begin to speak to AWS. */
export const sdkWaiter = (options) => (script) =>
  inVirtualTime(script, async (time) => {
    const rds = scriptedRds(script, time.now);
    const client = new RDSClient({ region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
    client.middlewareStack.add(
      () =>
        async ({ input }) => ({ response: {}, output: rds.answer(new Describe(input)) }),
      { step: 'initialize' },
    );
    const noticed = [];
    let gaveUp = 0;
    await Promise.all(
      script.restoring.map(async (_, index) => {
        const name = `db-${index}`;
        await time.sleepUntil(script.beginning + soonestStart(index) * 1000);
        restoreAt(rds, name);
        await waitUntilDBInstanceAvailable({ client, maxWaitTime: 7_200, ...options }, { DBInstanceIdentifier: name }).then(
          () => noticed.push({ name, at: time.now() }),
          (error) => {
            if (error.name !== 'TimeoutError') throw error;
            gaveUp += 1;
          },
        );
      }),
    );
    return { noticed, endedAt: time.now(), gaveUp, rds };
  });

/** What the middleware is given is a command's input only. */
class Describe {
  constructor(input) {
    this.input = input;
  }
}
Object.defineProperty(Describe, 'name', { value: 'DescribeDBInstancesCommand' });

/** A waiter that sleeps a fixed time between two looks: no more than arithmetic. `most` looks, then it gives up. */
export const fixedWaiter =
  ({ firstSeconds, everySeconds, most }) =>
  async (script) => {
    let now = script.beginning;
    const rds = scriptedRds(script, () => now);
    const names = script.restoring.map((_, index) => `db-${index}`);
    for (const [index, name] of names.entries()) {
      now = script.beginning + soonestStart(index) * 1000;
      restoreAt(rds, name);
    }
    const noticed = [];
    let gaveUp = 0;
    for (const [index, name] of names.entries()) {
      const firstLook = script.beginning + (soonestStart(index) + firstSeconds) * 1000;
      const looks = 1 + Math.max(0, Math.ceil((rds.momentsOf(name).availableAt - firstLook) / (everySeconds * 1000)));
      rds.counted.describes += Math.min(looks, most);
      if (looks > most) gaveUp += 1;
      else noticed.push({ name, at: firstLook + (looks - 1) * everySeconds * 1000 });
    }
    return { noticed, endedAt: Math.max(...noticed.map(({ at }) => at)), gaveUp, rds };
  };
