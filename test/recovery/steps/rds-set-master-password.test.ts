import { expect, it } from '@jest/globals';
import { rdsSetMasterPassword } from '../../../recovery/steps/rds-set-master-password.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { restoredRuns } from '../../helpers/restored-database.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

const instance = 'example-frankfurt-db-1';
const restored = async (): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await restoredRuns(world);
  return world;
};
const passwords = (world: RecoveryWorld): string[] => [...world.dataplane.databaseNames.values()].map(({ password }) => password);

stepSuite(rdsSetMasterPassword, { world: restored, input: () => ({ instance }), observe: passwords });

it('sets the password of this site’s own secret in the database itself, and lets nobody see it', async () => {
  const world = await restored();
  expect(passwords(world)).toEqual(['dublins-own-password']);
  const finished = await carryOut(rdsSetMasterPassword, { instance }, world);
  expect(passwords(world)).toEqual(['frankfurts-own-password']);
  expect(JSON.stringify(finished)).not.toContain('own-password');
});

it('waits for an instance that is busy with its first backup', async () => {
  const world = await restored();
  await world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: instance, DBSnapshotIdentifier: 'occupied' });
  await expect(rdsSetMasterPassword.start({ instance }, world.context())).rejects.toMatchObject({ kind: 'transient' });
  await carryOut(rdsSetMasterPassword, { instance }, world);
  expect(passwords(world)).toEqual(['frankfurts-own-password']);
});

it.each([
  ['is not JSON', 'frankfurts-own-password'],
  ['lacks the password', JSON.stringify({ username: 'example', passwort: 'frankfurts-own-password' })],
  ['is for another user', JSON.stringify({ username: 'other', password: 'frankfurts-own-password' })],
])('refuses a secret that %s, without showing it', async (_what, SecretString) => {
  const world = await restored();
  await world.call('secrets-manager', 'PutSecretValue', { SecretId: world.targets.site.secretArn, SecretString });
  const error: unknown = await carryOut(rdsSetMasterPassword, { instance }, world).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: 'rejected' });
  expect(`${(error as Error).message} ${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain('own-password');
  expect(passwords(world)).toEqual(['dublins-own-password']);
});
