import type { DBInstance } from '@aws-sdk/client-rds';
import { RecoveryError } from '../model/recovery-error.js';
import type { StepContext } from './define-step.js';
import { databaseInstances } from './looks/database-instances.js';
import { classify, type Statuses } from './statuses.js';

/**
 * How far a DB instance is by its status, as the control plane tells it; that it takes a login and answers a query is for
 * `sql.answers-through-application` to prove (docs/decisions/0009). `backing-up` and the storage statuses answer queries: a restore with retention sits in `backing-up` for hours
 * (terraform-provider-aws#44104), and RDS documents the storage ones as operational. Whatever is in neither list does not get better by waiting.
 */
export const instanceStatuses: Statuses = {
  of: 'DB instance',
  onTheWay: [
    'creating',
    'modifying',
    'rebooting',
    'starting',
    'renaming',
    'maintenance',
    'upgrading',
    'resetting-master-credentials',
    'configuring-enhanced-monitoring',
    'configuring-iam-database-auth',
    'configuring-log-exports',
  ],
  goal: ['available', 'backing-up', 'storage-optimization', 'storage-initialization'],
};

/** What a step changes that is given the database by name or by reference. */
export const databaseWritten = ({ instance }: Readonly<Record<string, unknown>>): readonly string[] =>
  typeof instance === 'string' ? [`rds:db/${instance}`] : [];

/** A DB instance of the site recovered to, or undefined when there is none of that name. */
export const findInstance = (ctx: StepContext, identifier: string): Promise<DBInstance | undefined> =>
  ctx.look(databaseInstances, ctx.to.region, identifier);

/** @throws RecoveryError `rejected` when there is none of that name. */
export const theInstance = async (ctx: StepContext, identifier: string): Promise<DBInstance> => {
  const found = await findInstance(ctx, identifier);
  if (found) return found;
  throw new RecoveryError('rejected', 'no-instance', `there is no DB instance ${identifier} in ${ctx.to.region}; restore it first`);
};

/** True once the instance takes connections. @throws RecoveryError `unexpected-status` */
export const isUsable = (instance: DBInstance): boolean =>
  classify(instanceStatuses, instance.DBInstanceIdentifier ?? '?', instance.DBInstanceStatus) === 'goal' &&
  instance.Endpoint?.Address !== undefined;

/** A change that RDS refuses in the instance's present state is worth asking again; any other refusal is not. */
export const laterIfBusy = (error: unknown): never => {
  if (error instanceof RecoveryError && /^InvalidDBInstanceState(Fault)?$/.test(error.code))
    throw new RecoveryError('transient', error.code, error.message, { cause: error });
  throw error;
};
