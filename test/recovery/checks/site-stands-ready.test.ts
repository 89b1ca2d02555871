import { describe, expect, it } from '@jest/globals';
import { siteStandsReady } from '../../../recovery/checks/site-stands-ready.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { fenceStands } from '../../../recovery/simulation/standing/traffic.js';
import { homesStand } from '../../../recovery/simulation/standing/data.js';
import { serviceStandsBy } from '../../../recovery/simulation/standing/service.js';
import { askCheck } from '../../helpers/step-suite.js';

const standing = async (): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await homesStand(world);
  await serviceStandsBy(world);
  await fenceStands(world, { epoch: 1, writer: 'dublin', raisedBy: 'deploy' });
  await world.call('cloudwatch-logs', 'CreateLogGroup', { logGroupName: world.targets.site.logGroup });
  await world.loseDublin();
  world.troubled(undefined);
  return world;
};

describe('site.stands-ready', () => {
  it('holds for a standing pilot light, and asks nothing of the lost region', async () => {
    const world = await standing();
    expect(await askCheck(siteStandsReady, {}, world)).toMatchObject({ holds: true, observed: 'all 9 stand' });
    expect(new Set(world.asked.map(({ region }) => region))).toEqual(new Set(['eu-central-1', 'eu-west-3']));
  });

  it.each<[string, (world: RecoveryWorld) => Promise<unknown>, string]>([
    ['its key is disabled', ({ call, targets }) => call('kms', 'DisableKey', { KeyId: targets.site.keyArn }), 'key: key Disabled'],
    [
      'its log group is gone',
      ({ call, targets }) => call('cloudwatch-logs', 'DeleteLogGroup', { logGroupName: targets.site.logGroup }),
      'log group: log group not there',
    ],
    [
      'its service is gone',
      ({ call, targets }) => call('ecs', 'DeleteService', { cluster: targets.site.cluster, service: targets.site.service, force: true }),
      'service: service',
    ],
  ])('does not hold when %s, and names it', async (_why, spoil, named) => {
    const world = await standing();
    await spoil(world);
    const answer = await askCheck(siteStandsReady, {}, world);
    expect(answer).toMatchObject({ holds: false, observed: expect.stringContaining(named) as unknown });
  });

  it.each<[string, (world: RecoveryWorld) => Promise<unknown>]>([
    ['the vault is gone', ({ call, targets }) => call('backup', 'DeleteBackupVault', { BackupVaultName: targets.site.vault })],
    ['the secret is gone', ({ call, targets }) => call('secrets-manager', 'DeleteSecret', { SecretId: targets.site.secretArn })],
    [
      'the witness bucket is gone',
      async ({ call, targets: { global } }) => {
        await call('s3', 'DeleteObject', { Bucket: global.witnessBucket, Key: global.epochKey }, global.witnessRegion);
        await call('s3', 'DeleteBucket', { Bucket: global.witnessBucket }, global.witnessRegion);
      },
    ],
  ])('is not yes when %s', async (_why, spoil) => {
    const world = await standing();
    await spoil(world);
    expect((await askCheck(siteStandsReady, {}, world)).holds).toBe('unknown');
  });
});
