import { describe, expect, it } from '@jest/globals';
import { factsParameter, globalOutputsParameter, siteNames } from '../../../lib/contract/names.js';
import { planFiles } from '../../../recovery/adapters/plan-files.js';
import { checks } from '../../../recovery/checks/index.js';
import { readinessAt } from '../../../recovery/cli/readiness.js';
import { instant } from '../../../recovery/model/time.js';
import { loadPlan } from '../../../recovery/planning/load-plan.js';
import { productionStands } from '../../../recovery/simulation/standing/production.js';
import { rolesStand } from '../../../recovery/simulation/standing/roles.js';
import { steps } from '../../../recovery/steps/index.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';

const documents = loadPlan('plans/ambassify', 'failover', planFiles('plans/ambassify'), { steps, checks });
const { settings } = documents;

const standing = async (): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await productionStands(world);
  await rolesStand(world, ['dev-ops', 'web-services']);
  const publish = (Name: string, value: object) =>
    world.call('ssm', 'PutParameter', { Name, Value: JSON.stringify(value), Type: 'String' });
  await publish(factsParameter(settings, settings.sites.primary), world.targets.facts);
  await publish(siteNames(settings, settings.sites.alternate).outputsParameter, world.targets.site);
  await publish(globalOutputsParameter(settings), world.targets.global);
  world.troubled(undefined);
  return world;
};
const answers = async (world: RecoveryWorld) => {
  const { aws, network } = world.context();
  const found = await readinessAt(instant(world.now()), documents, { name: 'twin', aws, awsOf: world.awsOf, network });
  return Object.fromEntries(found.map(({ check, holds, observed }) => [check, { holds, observed }]));
};

describe('readiness of the alternate site', () => {
  it('holds of a pilot light with a fresh copy, and nothing is asked of the primary', async () => {
    const world = await standing();
    expect(await answers(world)).toMatchObject({
      survey: { holds: true },
      plan: { holds: true },
      roles: { holds: true, observed: 'assumed: dev-ops, web-services' },
      'site.stands-ready': { holds: true },
      'backup.copy-is-fresh': { holds: true },
    });
    expect(world.asked.map(({ region }) => region)).not.toContain('eu-west-1');
  });

  it('does not hold once the newest copy is older than the recovery point objective', async () => {
    const world = await standing();
    await world.pass(26 * 3_600);
    expect((await answers(world))['backup.copy-is-fresh']).toMatchObject({ holds: false });
  });

  it('does not hold where the account has no room for the database', async () => {
    const world = await standing();
    await world.inject('quota-exceeded', { region: 'eu-central-1', service: 'rds' } as never);
    expect((await answers(world))['plan']).toMatchObject({
      holds: false,
      observed: expect.stringContaining('quota rds:DBInstances') as unknown,
    });
  });

  it('does not hold while the role of one team is not there, and says which and what to do', async () => {
    const world = await standing();
    await world.call('iam', 'DeleteRole', { RoleName: 'example-recovery-dev-ops' });
    const { roles } = await answers(world);
    expect(roles?.holds).toBe(false);
    expect(roles?.observed).toMatch(
      /^cannot act as arn:aws:iam::\d+:role\/example-recovery-dev-ops in eu-central-1: .* cdk deploy 'Global\/\*'/,
    );
  });

  it('is unknown where the site has published nothing, and says what is missing', async () => {
    const { survey } = await answers(recoveryWorld());
    expect(survey).toMatchObject({
      holds: 'unknown',
      observed: expect.stringContaining('/altsite/ambassify-frankfurt/outputs') as unknown,
    });
  });
});
