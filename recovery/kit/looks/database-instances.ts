import { DescribeDBInstancesCommand, type DBInstance } from '@aws-sdk/client-rds';
import { RecoveryError } from '../../model/recovery-error.js';
import type { Aws } from '../../ports/aws.js';
import { everyPage } from '../every-page.js';
import type { Look } from '../look.js';

/**
 * DB instances by name, a hundred in one request: as many as one page holds. The filter's answer leaves out what is not there ("only includes
 * information about the DB instances identified", RDS API reference, DescribeDBInstances).
 */
export const databaseInstances: Look<DBInstance> = {
  of: 'rds:db',
  most: 100,
  ask: async (names, region, aws) => {
    const found = names.length === 1 ? await one(names[0] ?? '', region, aws) : await several(names, region, aws);
    return new Map(found.map((instance) => [instance.DBInstanceIdentifier ?? '', instance]));
  },
};

const one = async (name: string, region: string, aws: Aws): Promise<readonly DBInstance[]> => {
  try {
    return (await aws.rds(region).send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: name }))).DBInstances ?? [];
  } catch (error) {
    if (error instanceof RecoveryError && /^DBInstanceNotFound(Fault)?$/.test(error.code)) return [];
    throw error;
  }
};

const several = (names: readonly string[], region: string, aws: Aws): Promise<readonly DBInstance[]> =>
  everyPage(async (Marker) => {
    const Filters = [{ Name: 'db-instance-id', Values: [...names] }];
    const page = await aws.rds(region).send(new DescribeDBInstancesCommand({ Filters, Marker }));
    return { items: page.DBInstances, next: page.Marker };
  });
