import { expect, it } from '@jest/globals';
import { backupChooseRecoveryPoint } from '../../../recovery/steps/backup-choose-recovery-point.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { backedUp, productionRuns } from '../../../recovery/simulation/standing/data.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

const copiedOnce = async (): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  const { here } = await productionRuns(world);
  await backedUp(world, here.BackupVaultArn);
  await world.loseDublin();
  return world;
};

stepSuite(backupChooseRecoveryPoint, { world: copiedOnce, input: () => ({}), observe: () => null });

it('takes the newest data that was copied, and dates it by the original snapshot', async () => {
  const world = recoveryWorld();
  const { here } = await productionRuns(world);
  await backedUp(world, here.BackupVaultArn);
  const second = await backedUp(world, here.BackupVaultArn);
  await backedUp(world, null);
  const { output } = await carryOut(backupChooseRecoveryPoint, {}, world);
  expect(output).toMatchObject({
    snapshotAt: second,
    recoveryPointArn: expect.stringContaining(':snapshot:awsbackup:copyjob-') as unknown,
  });
  expect((output as { completedAt: string }).completedAt > second).toBe(true);
});

it('leaves out a copy that is not complete', async () => {
  const world = recoveryWorld();
  const { here } = await productionRuns(world);
  const first = await backedUp(world, here.BackupVaultArn);
  await backedUp(world, null);
  const { facts, site } = world.targets;
  const points = await world.call<{ RecoveryPoints: { RecoveryPointArn: string }[] }>(
    'backup',
    'ListRecoveryPointsByBackupVault',
    { BackupVaultName: facts.vault },
    facts.region,
  );
  const copy = { SourceBackupVaultName: facts.vault, DestinationBackupVaultArn: here.BackupVaultArn, IamRoleArn: site.restoreRoleArn };
  const RecoveryPointArn = points.RecoveryPoints.at(-1)!.RecoveryPointArn;
  await world.call('backup', 'StartCopyJob', { ...copy, RecoveryPointArn }, facts.region);
  await world.pass(120);
  await world.loseDublin();
  await world.pass(7200);
  expect((await carryOut(backupChooseRecoveryPoint, {}, world)).output).toMatchObject({ snapshotAt: first });
});

it('holds the run when nothing was copied, and says where it looked and what to do', async () => {
  const world = recoveryWorld();
  await productionRuns(world);
  await backedUp(world, null);
  await expect(carryOut(backupChooseRecoveryPoint, {}, world)).rejects.toMatchObject({
    kind: 'rejected',
    code: 'no-recovery-point',
    message: expect.stringMatching(
      /^vault example-frankfurt-vault in eu-central-1 has no completed recovery point of arn:aws:rds:eu-west-1:111122223333:db:example-dublin-db-1 \(none at all\); .*retry$/,
    ) as unknown,
  });
});
