import { expect, it } from '@jest/globals';
import { rdsConformInstance } from '../../../recovery/steps/rds-conform-instance.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { instancesNow } from '../../../recovery/simulation/standing/data.js';
import { restoredRuns } from '../../helpers/restored-database.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

const instance = 'example-frankfurt-db-1';
const strayed = {
  DBInstanceClass: 'db.t4g.small',
  DBParameterGroupName: 'default.postgres18',
  BackupRetentionPeriod: 0,
  CopyTagsToSnapshot: false,
  DeletionProtection: false,
  EnableCloudwatchLogsExports: ['iam-db-auth-error', 'upgrade'],
};
const restoredAs = async (changes: object): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await restoredRuns(world, changes);
  return world;
};
const shape = async (world: RecoveryWorld) => {
  const [found] = await instancesNow(world);
  const { DBInstanceClass, DBParameterGroups, BackupRetentionPeriod, CopyTagsToSnapshot, DeletionProtection } = found!;
  const { EnabledCloudwatchLogsExports } = found!;
  return {
    DBInstanceClass,
    DBParameterGroups,
    BackupRetentionPeriod,
    CopyTagsToSnapshot,
    DeletionProtection,
    EnabledCloudwatchLogsExports,
  };
};

stepSuite(rdsConformInstance, { world: () => restoredAs(strayed), input: () => ({ instance }), observe: shape });

it('sets what strayed, restarts for the parameters, and compares every attribute', async () => {
  const world = await restoredAs(strayed);
  const { evidence } = await carryOut(rdsConformInstance, { instance }, world);
  expect(await shape(world)).toEqual({
    DBInstanceClass: 'db.t4g.medium',
    DBParameterGroups: [{ DBParameterGroupName: 'example-frankfurt-parameters', ParameterApplyStatus: 'in-sync' }],
    BackupRetentionPeriod: 7,
    CopyTagsToSnapshot: true,
    DeletionProtection: true,
    EnabledCloudwatchLogsExports: ['upgrade', 'postgresql'],
  });
  expect(evidence.length).toBeGreaterThan(15);
});

it('changes nothing of an instance that is as it should be', async () => {
  const world = await restoredAs({});
  const before = world.ledger.since().length;
  await carryOut(rdsConformInstance, { instance }, world);
  expect(world.ledger.since(before).filter(({ plane }) => plane === 'control-write')).toEqual([]);
});

it('says nothing of log exports where a plan of an earlier version says nothing', async () => {
  const world = await restoredAs({ EnableCloudwatchLogsExports: [] });
  const { logExports, ...database } = world.targets.facts.database;
  expect(logExports).toEqual(['postgresql', 'upgrade']);
  world.targets.facts = { ...world.targets.facts, database };
  const { evidence } = await carryOut(rdsConformInstance, { instance }, world);
  expect(evidence.filter(({ claim }) => claim.includes('log exports'))).toEqual([]);
  expect((await shape(world)).EnabledCloudwatchLogsExports).toEqual([]);
});

it('takes storage that has grown for what it is', async () => {
  const world = await restoredAs({ AllocatedStorage: 100 });
  await carryOut(rdsConformInstance, { instance }, world);
  expect((await instancesNow(world))[0]).toMatchObject({ AllocatedStorage: 100 });
});

it('compares the parameters that production was given with those in force here', async () => {
  const world = await restoredAs({});
  const { facts, site } = world.targets;
  world.targets.facts = { ...facts, database: { ...facts.database, parameters: { work_mem: '8192', log_statement: 'ddl' } } };
  const Parameters = [{ ParameterName: 'work_mem', ParameterValue: '8192', ApplyMethod: 'immediate' }];
  await world.call('rds', 'ModifyDBParameterGroup', { DBParameterGroupName: site.databaseParameterGroup, Parameters });
  const { evidence } = await carryOut(rdsConformInstance, { instance }, world);
  expect(evidence.slice(-2)).toMatchObject([
    { claim: 'parameter work_mem is as in production', holds: true },
    { claim: 'parameter log_statement is as in production', holds: false, expected: 'ddl', observed: 'not set' },
  ]);
});

it('names each attribute that no change can mend, with what was expected', async () => {
  const world = await restoredAs({ StorageEncrypted: false, KmsKeyId: undefined, MasterUsername: 'somebody' });
  const { evidence } = await carryOut(rdsConformInstance, { instance }, world);
  const differences = evidence.filter(({ holds }) => holds !== true).map(({ claim, expected, observed }) => [claim, expected, observed]);
  expect(differences).toEqual([
    [`master user of ${instance} is as in production`, 'example', 'somebody'],
    [`encryption of ${instance} is as in production`, 'true', 'false'],
    [`key of ${instance} is as in production`, world.targets.site.keyArn, 'nothing'],
  ]);
});
