import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { altsite, cdk, startTwin, type Twin } from './support/altsite.js';
import { deployProduction } from './support/production.js';
import { customer } from './support/customer.js';
import { backUpAndCopy, configOf } from './support/protect.js';
import { ownClock } from './support/world-clock.js';

/** Not the rehearsal's: a seed, a row count and a backup time of this test's own. */
const seed = 4711;
const rowsBeforeBackup = 37;

describe('the main line by public commands', () => {
  let twin: Twin;
  beforeAll(async () => {
    twin = await startTwin({ seed });
    await deployProduction(twin);
  }, 240_000);
  afterAll(() => twin.stop());

  it('brings production back in the alternate region, with the rows of the recovery point and no others', async () => {
    const www = customer(twin);
    const clock = await ownClock(twin.url);
    await clock.pass(300);
    expect(await www.site()).toBe('dublin');
    const acknowledged: { id: string; at: number }[] = [];
    const order = async (): Promise<void> => {
      const id = `a-${String(acknowledged.length).padStart(5, '0')}`;
      const at = await clock.pass(1);
      if (!(await www.order(id))) throw new Error(`${id} was not acknowledged`);
      acknowledged.push({ id, at });
    };
    for (let row = 0; row < rowsBeforeBackup; row++) await order();
    await clock.pass(1111);
    await backUpAndCopy(twin, clock, order);
    for (let row = 0; row < 8; row++) await order();
    const before = await www.lookUp();
    const disruptedAt = new Date(await clock.pass(600)).toISOString();
    await clock.release();
    const fault = await altsite(['twin', 'fault', 'region-outage', '--region', 'eu-west-1', '--twin', twin.url, '--json'], twin);
    expect(fault.code).toBe(0);
    expect(await www.order('refused')).toBe(false);

    const ran = await altsite(['run', '--disrupted-at', disruptedAt, '--twin', twin.url, '--json'], twin);
    expect({ code: ran.code, stderr: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, stderr: '' });
    const report = ran.json() as {
      run: string;
      recoveryPoint: { snapshotAt: string };
      dns: { overHolding: object[] };
      notProven: string[];
    };
    expect(report).toMatchObject({
      outcome: 'recovered',
      rto: { met: true },
      rpo: { met: true },
      calls: { lostRegion: 0, usEast1ControlPlane: 0 },
    });

    expect(report.dns).toMatchObject({ name: 'www.ambassify.example', before, after: await www.lookUp() });
    expect(report.dns.overHolding).toEqual([
      { server: twin.overHoldingResolver, addresses: before, secondsPastTtl: expect.any(Number) as unknown },
    ]);
    expect(report.notProven).toContainEqual(expect.stringContaining(`${twin.overHoldingResolver} still answered the old address`));
    expect(await www.lookUpBehindOverHolder()).toEqual(before);
    expect(await www.site()).toBe('frankfurt');
    expect(await www.lookUp()).not.toEqual(before);
    expect(await www.lookUp()).toEqual(await www.lookUp('frankfurt.origin.ambassify.example'));
    const snapshotAt = Date.parse(report.recoveryPoint.snapshotAt);
    const safe = acknowledged.filter(({ at }) => at <= snapshotAt);
    expect(safe.length).toBeGreaterThanOrEqual(rowsBeforeBackup);
    expect(safe.length).toBeLessThan(acknowledged.length);
    expect(await www.orders()).toEqual(new Set(safe.map(({ id }) => id)));
    expect(await www.order('after-recovery')).toBe(true);

    const { DBInstances } = await new RDSClient(configOf(twin, 'eu-central-1')).send(new DescribeDBInstancesCommand({}));
    expect(DBInstances).toMatchObject([
      {
        DBInstanceStatus: expect.stringMatching(/available|backing-up/),
        PubliclyAccessible: false,
        StorageEncrypted: true,
        DeletionProtection: true,
      },
    ]);
    const { services } = await new ECSClient(configOf(twin, 'eu-central-1')).send(
      new DescribeServicesCommand({ cluster: 'ambassify-frankfurt', services: ['ambassify-frankfurt-web'] }),
    );
    expect(services).toMatchObject([{ desiredCount: 2, runningCount: 2 }]);
    const { Stacks } = await new CloudFormationClient(configOf(twin, 'eu-central-1')).send(
      new DescribeStacksCommand({ StackName: 'ambassify-frankfurt-service' }),
    );
    expect(Stacks?.[0]?.Parameters).toEqual(expect.arrayContaining([expect.objectContaining({ ParameterValue: 'active' })]));

    // What was restored by API becomes a stack, without being touched; and a later deployment of the site neither stops it nor forgets its database.
    const adopted = await altsite(['adopt', report.run, '--twin', twin.url, '--json'], twin);
    expect({ code: adopted.code, said: adopted.code === 0 ? '' : adopted.stdout + adopted.stderr }).toEqual({ code: 0, said: '' });
    expect(adopted.json()).toMatchObject({
      adopted: true,
      stack: DBInstances?.[0]?.DBInstanceIdentifier,
      drift: [],
      redeployed: 'unchanged',
    });
    await cdk(['deploy', 'Alternate/*', '--app', join(twin.home, 'cdk.out'), '--require-approval', 'never'], twin.environment);
    expect(await www.site()).toBe('frankfurt');
    expect(await www.order('after-deployment')).toBe(true);
    const again = await new ECSClient(configOf(twin, 'eu-central-1')).send(
      new DescribeServicesCommand({ cluster: 'ambassify-frankfurt', services: ['ambassify-frankfurt-web'] }),
    );
    expect(again.services).toMatchObject([{ desiredCount: 2, runningCount: 2 }]);
  }, 300_000);
});
