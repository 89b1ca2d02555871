import { describe, expect, it } from '@jest/globals';
import { databaseEngineAtBaseline } from '../../../recovery/checks/database-engine-at-baseline.js';
import { databaseIsEncryptedWithSiteKey } from '../../../recovery/checks/database-is-encrypted-with-site-key.js';
import { databaseIsPrivate } from '../../../recovery/checks/database-is-private.js';
import { databaseNoPendingMaintenance } from '../../../recovery/checks/database-no-pending-maintenance.js';
import type { Check } from '../../../recovery/kit/define-check.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { restoredRuns } from '../../helpers/restored-database.js';
import { askCheck } from '../../helpers/step-suite.js';

const restoredAs = async (changes: object = {}): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await restoredRuns(world, changes);
  return world;
};
const instance = 'example-frankfurt-db-1';
const all: readonly Check[] = [databaseIsPrivate, databaseIsEncryptedWithSiteKey, databaseEngineAtBaseline, databaseNoPendingMaintenance];

describe.each(all.map((check) => [check.uses, check] as const))('%s', (_uses, check) => {
  it('holds for a database restored as it should be', async () => {
    expect(await askCheck(check, { instance }, await restoredAs())).toMatchObject({ holds: true });
  });

  it('is unknown, and so not yes, when there is no such database', async () => {
    expect(await askCheck(check, { instance: 'missing' }, recoveryWorld())).toMatchObject({ holds: 'unknown' });
  });

  it('is unknown when nobody may look', async () => {
    const world = await restoredAs();
    world.troubled({ at: 1, kind: 'denied' });
    expect(await check.ask({ instance }, world.context())).toMatchObject({ holds: 'unknown' });
  });
});

it.each<[string, Check, object]>([
  ['a public database is not private', databaseIsPrivate, { PubliclyAccessible: true }],
  ['a database behind the default security group is not private', databaseIsPrivate, { VpcSecurityGroupIds: undefined }],
  ['an unencrypted database', databaseIsEncryptedWithSiteKey, { StorageEncrypted: false, KmsKeyId: undefined }],
  ['another key than the site’s', databaseIsEncryptedWithSiteKey, { KmsKeyId: undefined }],
])('no: %s', async (_what, check, changes) => {
  expect(await askCheck(check, { instance }, await restoredAs(changes))).toMatchObject({ holds: false });
});

it('no: an engine that is not the baseline, newer or older', async () => {
  const world = await restoredAs();
  const { facts } = world.targets;
  world.targets.facts = { ...facts, database: { ...facts.database, engineVersion: '18.99' } };
  const answer = await askCheck(databaseEngineAtBaseline, { instance }, world);
  expect(answer).toMatchObject({ holds: false, expected: 'postgres 18.99', observed: 'postgres 18.4' });
});
