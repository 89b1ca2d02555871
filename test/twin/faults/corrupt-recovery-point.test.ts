import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { backupWorld } from '../../helpers/backup-world.js';
import { serviceWorld } from '../../helpers/service-world.js';
import { temporaryDataplane, type TemporaryDataplane } from '../../helpers/temporary-dataplane.js';

const region = 'eu-central-1';
const account = '111122223333';

describe('over model data', () => {
  const restored = async (world: Awaited<ReturnType<typeof backupWorld>>, point: string, id: string) => {
    const { RestoreJobId } = await world.restore(point, { DBInstanceIdentifier: id });
    await world.pass(3600);
    const { DbiResourceId } = await world.instance(id, region);
    const database = world.dataplane.databaseNames.get(`${account}/${region}/${DbiResourceId}`);
    return [(await world.restoreJob(RestoreJobId)).Status, database?.damaged];
  };

  test('the newest recovery point restores without complaint, damaged; an older one is whole', async () => {
    const world = await backupWorld();
    const older = await world.copy();
    const newer = await world.copy();
    await injectFault(world.world, 'corrupt-recovery-point', { region });
    expect(await restored(world, newer, 'from-newer')).toEqual(['COMPLETED', true]);
    expect(await restored(world, older, 'from-older')).toEqual(['COMPLETED', false]);
  });

  test('one may be named by its ARN, and what is copied from it is damaged as well', async () => {
    const world = await backupWorld();
    const [older, newer] = [await world.copy(), await world.copy()];
    await injectFault(world.world, 'corrupt-recovery-point', { region, with: { snapshot: older } });
    expect(await restored(world, older, 'from-older')).toEqual(['COMPLETED', true]);
    expect(await restored(world, newer, 'from-newer')).toEqual(['COMPLETED', false]);
    await world.call('rds', 'CopyDBSnapshot', { SourceDBSnapshotIdentifier: older, TargetDBSnapshotIdentifier: 'again' }, region);
    await world.pass(3600);
    expect(world.dataplane.snapshotNames.get(`${account}/${region}/snapshot-again`)?.damaged).toBe(true);
  });

  test('without a snapshot there is nothing to damage, and a wrong name is told the right ones', async () => {
    const { world } = serviceWorld([]);
    const damage = (snapshot?: string) =>
      injectFault(world, 'corrupt-recovery-point', { region, ...(snapshot ? { with: { snapshot } } : {}) });
    await expect(damage()).rejects.toThrow('there is no snapshot at all in eu-central-1: there are none');
    const full = await backupWorld();
    await full.copy();
    await expect(injectFault(full.world, 'corrupt-recovery-point', { region, with: { snapshot: 'nightly' } })).rejects.toThrow(
      /^there is no snapshot nightly in eu-central-1: there are snapshot-awsbackup-copyjob-/,
    );
  });
});

describe('over real PostgreSQL', () => {
  let dataplane: TemporaryDataplane;
  beforeAll(async () => {
    dataplane = await temporaryDataplane();
  });
  afterAll(() => dataplane.close());
  const key = (id: string) => ({ account, region, id });
  const placed = () => ({ address: dataplane.network.allocateAddress(region), port: 5432 });
  const query = async (host: string, sql: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ host, port: dataplane.servedPort(5432), user: 'owner', password: 'first', database: 'shop' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  test('the restored server starts and lets people in, and PostgreSQL finds its pages invalid; other snapshots and the source are whole', async () => {
    const source = placed();
    await dataplane.databases.create(key('db'), { ...source, masterUsername: 'owner', masterPassword: 'first', databaseName: 'shop' });
    await query(source.address, 'create table orders (id int primary key, note text)');
    await query(source.address, `insert into orders select n, repeat('x', 200) from generate_series(1, 500) n`);
    await dataplane.databases.snapshot(key('db'), key('snapshot-older'));
    // Nothing was written in between, so that the two share their files.
    await dataplane.databases.snapshot(key('db'), key('snapshot-newer'));
    expect(await dataplane.databases.damageSnapshot(key('snapshot-newer'))).toBeGreaterThan(10);
    await dataplane.databases.snapshot(key('db'), key('snapshot-newest'));

    const damaged = placed();
    await dataplane.databases.restore(key('snapshot-newer'), key('db-damaged'), damaged);
    expect(await dataplane.databases.answers(key('db-damaged'))).toBe(true);
    expect(await query(damaged.address, 'select 1 as one')).toEqual([{ one: 1 }]);
    await expect(query(damaged.address, 'select count(*) from orders')).rejects.toThrow(/invalid page in block 0 of relation/);
    await expect(query(damaged.address, 'select note from orders where id = 7')).rejects.toThrow(/invalid page/);

    for (const whole of ['snapshot-older', 'snapshot-newest']) {
      const place = placed();
      await dataplane.databases.restore(key(whole), key(`db-${whole}`), place);
      expect([whole, await query(place.address, 'select count(*)::int as n from orders')]).toEqual([whole, [{ n: 500 }]]);
    }
    expect(await query(source.address, 'select count(*)::int as n from orders')).toEqual([{ n: 500 }]);
  });
});
