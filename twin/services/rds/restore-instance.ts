import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { freeIdentifier } from './launch.js';
import { databaseKey, snapshotKey, snapshotNamed, snapshotsOf, tagsOf } from './records.js';
import { launchRestored, restoreParameters } from './restored.js';

export const restoreInstance = {
  RestoreDBInstanceFromDBSnapshot: async (input, ctx) => {
    accept('rds.RestoreDBInstanceFromDBSnapshot', input, [...restoreParameters, 'DBInstanceIdentifier', 'DBSnapshotIdentifier']);
    const id = freeIdentifier(ctx, input.DBInstanceIdentifier);
    const { view: snapshot, databaseName, instanceClass } = snapshotNamed(ctx, input.DBSnapshotIdentifier);
    if (snapshot.Status !== 'available') {
      throw new AwsError(
        'InvalidDBSnapshotStateFault',
        `DB snapshot ${snapshot.DBSnapshotIdentifier} is not in available state: it is ${snapshot.Status}.`,
      );
    }
    const DBInstance = await launchRestored(ctx, id, input, {
      origin: {
        engine: snapshot.Engine!,
        engineVersion: snapshot.EngineVersion!,
        instanceClass,
        masterUsername: snapshot.MasterUsername!,
        databaseName,
        port: snapshot.Port!,
        storage: snapshot.AllocatedStorage!,
        encrypted: snapshot.Encrypted ?? false,
        keyArn: snapshot.KmsKeyId,
        retention: snapshot.BackupRetentionPeriod ?? 1,
        window: snapshot.PreferredBackupWindow,
        tags: tagsOf(ctx).get(snapshot.DBSnapshotArn) ?? [],
      },
      start: async (then, { view, address, hostname, port }) => {
        if (!snapshotsOf(then).has(snapshot.DBSnapshotIdentifier)) return 'incompatible-restore';
        const from = snapshotKey(then, snapshot.DBSnapshotIdentifier);
        await then.dataplane.databases.restore(from, databaseKey(then, view.DbiResourceId), { address, hostname, port });
        return undefined;
      },
    });
    return { DBInstance };
  },
} satisfies Operations<typeof RDS>;
