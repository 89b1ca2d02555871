import { DescribeDBSnapshotsCommand, type DBSnapshot } from '@aws-sdk/client-rds';
import { byName } from '../by-name.js';
import { everyPage } from '../every-page.js';
import type { Look } from '../look.js';

/** AWS Backup's snapshots of DB instances, by the instance's name. */
export const backupSnapshots: Look<readonly DBSnapshot[]> = {
  of: 'rds:backup-snapshots',
  most: 100,
  ask: async (instances, region, aws) => {
    const snapshots = await everyPage(async (Marker) => {
      const Filters = [{ Name: 'db-instance-id', Values: [...instances] }];
      const page = await aws.rds(region).send(new DescribeDBSnapshotsCommand({ Filters, SnapshotType: 'awsbackup', Marker }));
      return { items: page.DBSnapshots, next: page.Marker };
    });
    return byName(snapshots, ({ DBInstanceIdentifier }) => DBInstanceIdentifier);
  },
};
