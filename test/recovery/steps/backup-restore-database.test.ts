import { expect, it } from '@jest/globals';
import { backupChooseRecoveryPoint } from '../../../recovery/steps/backup-choose-recovery-point.js';
import { backupRestoreDatabase } from '../../../recovery/steps/backup-restore-database.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { backedUp, instancesNow, productionRuns } from '../../../recovery/simulation/standing/data.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

const points = new WeakMap<RecoveryWorld, string>();
const copied = async (): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  const { here } = await productionRuns(world);
  await backedUp(world, here.BackupVaultArn);
  await world.loseDublin();
  const { output } = await carryOut(backupChooseRecoveryPoint, {}, world);
  points.set(world, (output as { recoveryPointArn: string }).recoveryPointArn);
  return world;
};
const input = (world: RecoveryWorld) => ({ recoveryPointArn: points.get(world) ?? '' });
const restores = async (world: RecoveryWorld) =>
  (await world.call<{ RestoreJobs: { Status: string }[] }>('backup', 'ListRestoreJobs')).RestoreJobs.length;
const names = async (world: RecoveryWorld) => (await instancesNow(world)).map(({ DBInstanceIdentifier }) => DBInstanceIdentifier);

stepSuite(backupRestoreDatabase, {
  world: copied,
  input,
  // A retry that had to make a generation of its own is as good as the first.
  observe: async (world) => ({ restores: await restores(world), instances: (await names(world)).length }),
  holdsData: true,
});

it('restores once, from the chosen point, into an instance named for the run, with every attribute said', async () => {
  const world = await copied();
  const { output } = await carryOut(backupRestoreDatabase, input(world), world);
  const [instance, ...others] = await instancesNow(world);
  expect(others).toEqual([]);
  expect(instance).toMatchObject({
    DBInstanceIdentifier: expect.stringMatching(/^example-frankfurt-db-[0-9a-f]{8}$/) as unknown,
    DBInstanceClass: 'db.t4g.medium',
    MultiAZ: false,
    PubliclyAccessible: false,
    DeletionProtection: true,
    CopyTagsToSnapshot: true,
    EnabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
    KmsKeyId: world.targets.site.keyArn,
    DBSubnetGroup: { DBSubnetGroupName: 'example-frankfurt-databases' },
    VpcSecurityGroups: [{ VpcSecurityGroupId: world.targets.site.databaseSecurityGroup }],
    DBParameterGroups: [{ DBParameterGroupName: 'example-frankfurt-parameters' }],
  });
  const { Address, Port } = instance!['Endpoint'] as { Address: string; Port: number };
  expect(output).toMatchObject({ instance: instance!.DBInstanceIdentifier, endpoint: Address, port: Port, ...input(world) });
});

it('is done as soon as the instance answers, though its first backup has begun', async () => {
  const world = await copied();
  await carryOut(backupRestoreDatabase, input(world), world);
  expect((await instancesNow(world)).map(({ DBInstanceStatus }) => DBInstanceStatus)).toEqual(['backing-up']);
});

it('tried again while the first restore is on its way, adopts it', async () => {
  const world = await copied();
  await backupRestoreDatabase.start(input(world), world.context());
  await world.pass(120);
  const { handle } = await carryOut(backupRestoreDatabase, input(world), world, world.attempt(2));
  expect(handle).toMatchObject({ abandoned: [] });
  expect(await restores(world)).toBe(1);
});

it('tried again after a restore that failed, makes the next generation and names the one to dispose of', async () => {
  const world = await copied();
  const { site } = world.targets;
  world.targets.site = { ...site, databaseParameterGroup: 'no-such-group' };
  await expect(carryOut(backupRestoreDatabase, input(world), world)).rejects.toMatchObject({
    kind: 'unexpected-status',
    message: expect.stringContaining('no-such-group') as unknown,
  });
  world.targets.site = site;
  const { handle, output } = await carryOut(backupRestoreDatabase, input(world), world, world.attempt(2));
  const { instance } = output as { instance: string };
  expect(instance).toMatch(/^example-frankfurt-db-[0-9a-f]{8}-2$/);
  expect(handle).toMatchObject({ abandoned: [instance.replace(/-2$/, '')] });
  expect(await names(world)).toEqual([instance]);
});

it('another run makes an instance of its own', async () => {
  const world = await copied();
  await carryOut(backupRestoreDatabase, input(world), world);
  await carryOut(backupRestoreDatabase, input(world), world, { run: 'run-2', token: 'run-2/task/1' });
  expect(new Set(await names(world)).size).toBe(2);
});
