import { describe, expect, it } from '@jest/globals';
import { backupCopyIsFresh } from '../../../recovery/checks/backup-copy-is-fresh.js';
import { backedUp, productionRuns } from '../../../recovery/simulation/standing/data.js';
import { recoveryWorld } from '../../helpers/recovery-world.js';
import { askCheck } from '../../helpers/step-suite.js';

const hour = { withinSeconds: 3_600 };

describe('backup.copy-is-fresh', () => {
  it('holds while the newest completed copy is younger than promised, whatever its job said, and no longer', async () => {
    const world = recoveryWorld();
    const { here } = await productionRuns(world);
    const taken = await backedUp(world, here.BackupVaultArn);
    expect(await askCheck(backupCopyIsFresh, hour, world)).toMatchObject({ holds: true, data: { snapshotAt: taken } });
    await world.pass(3_600);
    expect(await askCheck(backupCopyIsFresh, hour, world)).toMatchObject({ holds: false, data: { snapshotAt: taken } });
  });

  it('does not hold where backups are taken and never copied here', async () => {
    const world = recoveryWorld();
    await productionRuns(world);
    await backedUp(world, null);
    expect(await askCheck(backupCopyIsFresh, hour, world)).toMatchObject({ holds: false, observed: 'no completed copy (none at all)' });
  });

  it('is not yes when the vault is gone', async () => {
    const world = recoveryWorld();
    expect(await askCheck(backupCopyIsFresh, hour, world)).toMatchObject({ holds: 'unknown' });
  });
});
