import { describe, expect, it } from '@jest/globals';
import type { JudgedStack, Resource } from '../../../lib/portability/judged.js';
import { regionClients } from '../../../recovery/adapters/region-clients.js';
import { regionProbes, siteProbes } from '../../../recovery/portability/index.js';
import { probed } from '../../../recovery/portability/probe.js';
import { inProcessTwin } from '../../../twin/doors/in-process.js';
import { accessKeyOf } from '../../../twin/wire/credential.js';

const account = '111122223333';
const region = 'eu-central-1';
const begin = () => {
  const twin = inProcessTwin({ seed: 1, startsAt: Date.parse('2030-01-01T02:00:00Z'), account });
  const aws = regionClients({
    endpoint: 'http://127.0.0.1:9',
    credentials: { accessKeyId: accessKeyOf(account), secretAccessKey: 'test' },
    headers: () => ({}),
    attach: (client) => twin.attach(client),
  });
  const call = <Output = Record<string, unknown>>(service: string, operation: string, input: object) =>
    twin.call<Output>('somebody', region, service, operation, input);
  return { twin, aws, call };
};
type World = ReturnType<typeof begin>;

const stackOf = (resources: Readonly<Record<string, Resource>>): JudgedStack => ({
  ...{ path: 'Site', name: 'site', account, region, tags: {}, template: { Resources: resources } },
  pathOf: (id) => `Site/${id}`,
});
const findings = async ({ aws }: World, resources: Readonly<Record<string, Resource>>) =>
  (await Promise.all([...regionProbes, ...siteProbes].map((probe) => probed(probe, stackOf(resources), region, aws)))).flat();

const database = (more: object = {}): Resource => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { Engine: 'postgres', EngineVersion: '18.4', DBInstanceClass: 'db.t4g.medium', AllocatedStorage: '20', ...more },
});
/** In the registry of `region`, as it is once it was pushed there; its digest is its manifest's. */
const pushed = async ({ call }: World, imageTag: string | undefined): Promise<string> => {
  await call('ecr', 'CreateRepository', { repositoryName: 'web' });
  const { image } = await call<{ image: { imageId: { imageDigest: string } } }>('ecr', 'PutImage', {
    ...{ repositoryName: 'web', imageManifest: '{}', imageTag },
  });
  return `web@${image.imageId.imageDigest}`;
};
const task = (name: string): Resource => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { ContainerDefinitions: [{ Name: 'web', Image: `${account}.dkr.ecr.${region}.amazonaws.com/${name}` }] },
});
const group = (Family: string): Resource => ({ Type: 'AWS::RDS::DBParameterGroup', Properties: { Family } });
const subnet = (index: number): Resource => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { AvailabilityZone: { 'Fn::Select': [index, { 'Fn::GetAZs': '' }] } },
});

describe('what a region offers', () => {
  it('is enough for a database with its parameters, a network over three zones and an image that it has', async () => {
    const world = begin();
    const image = await pushed(world, 'v1');
    expect(
      await findings(world, {
        Database: database(),
        Group: group('postgres18'),
        Task: task(image),
        A: subnet(0),
        B: subnet(1),
        C: subnet(2),
      }),
    ).toEqual([]);
  });

  it('is an image for good only if that has a tag', async () => {
    const world = begin();
    expect(await findings(world, { Task: task(await pushed(world, undefined)) })).toMatchObject([
      { rule: 'region-has-image', reason: expect.stringContaining('without a tag') as unknown },
    ]);
  });

  it('is an image that was pushed elsewhere only once it was replicated', async () => {
    const world = begin();
    const { twin } = world;
    const elsewhere = <Output = Record<string, unknown>>(operation: string, input: object) =>
      twin.call<Output>('somebody', 'eu-west-1', 'ecr', operation, input);
    const rules = [{ destinations: [{ region, registryId: account }] }];
    await elsewhere('PutReplicationConfiguration', { replicationConfiguration: { rules } });
    const image = await pushed({ ...world, call: (_service, operation, input) => elsewhere(operation, input) }, 'v1');
    expect(await findings(world, { Task: task(image) })).toMatchObject([{ rule: 'region-has-image' }]);
    await twin.sleepUntil(twin.now() + 1_800_000);
    expect(await findings(world, { Task: task(image) })).toEqual([]);
  });

  it.each<[string, string, Resource]>([
    ['region-offers-engine-version', 'an engine version it does not have', database({ EngineVersion: '99.1' })],
    ['region-offers-resource-type', 'a type of resource that CloudFormation does not make there', { Type: 'AWS::AppRunner::Service' }],
    ['region-offers-parameter-group-family', 'a parameter group of a family it does not have', group('postgres99')],
    ['region-offers-instance-class', 'an instance class it does not have', database({ DBInstanceClass: 'db.nosuch.large' })],
    ['region-has-database-quota', 'more storage than the account may have', database({ AllocatedStorage: '100001' })],
    ['region-has-zones', 'a fourth zone', subnet(3)],
    ['region-has-image', 'an image that was never replicated', task(`sample-web-application@sha256:${'0'.repeat(64)}`)],
    ['region-has-image', 'an image of a repository that is not there', task(`nothing@sha256:${'0'.repeat(64)}`)],
  ])('%s: %s is found missing, with the construct that wants it', async (rule, _what, resource) => {
    const found = await findings(begin(), { It: resource });
    expect(found.map((one) => one.rule)).toContain(rule);
    for (const { path } of found) expect(path).toMatch(/^Site/);
  });

  it('is not taken for granted where the region does not answer', async () => {
    const world = begin();
    await world.twin.world.loseRegion(region);
    const found = await findings(world, { Database: database() });
    expect(found.map(({ rule }) => rule).sort()).toEqual([
      'region-has-database-quota',
      'region-offers-engine-version',
      'region-offers-instance-class',
      'region-offers-resource-type',
    ]);
    for (const { reason } of found) expect(reason).toMatch(/could not be told/);
  });
});

describe('what the alternate must have beforehand', () => {
  const wanted: Readonly<Record<string, Resource>> = {
    Certificate: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'www.example.com' } },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/north' } },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'north-database' } },
    Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/north/endpoint' } },
    Group: { Type: 'AWS::RDS::DBParameterGroup', Properties: { DBParameterGroupName: 'north', Family: 'postgres18' } },
    Database: database({ OptionGroupName: 'north' }),
  };

  it('is named, each by itself, where nothing of it is there', async () => {
    expect((await findings(begin(), wanted)).map(({ rule, path }) => [rule, path])).toEqual([
      ['site-has-certificate', 'Site/Certificate'],
      ['site-has-key', 'Site/Alias'],
      ['site-has-secret', 'Site/Secret'],
      ['site-has-parameter', 'Site/Parameter'],
      ['site-has-parameter-group', 'Site/Group'],
      ['site-has-option-group', 'Site/Database'],
    ]);
  });

  it('is found once it is there; a key that is disabled is as good as none', async () => {
    const world = begin();
    const { call } = world;
    const { KeyMetadata } = await call<{ KeyMetadata: { KeyId: string } }>('kms', 'CreateKey', {});
    await call('kms', 'CreateAlias', { AliasName: 'alias/north', TargetKeyId: KeyMetadata.KeyId });
    await call('secrets-manager', 'CreateSecret', { Name: 'north-database', SecretString: '{}' });
    await call('ssm', 'PutParameter', { Name: '/north/endpoint', Value: 'none', Type: 'String' });
    const group = { DBParameterGroupName: 'north', DBParameterGroupFamily: 'postgres18', Description: 'north' };
    await call('rds', 'CreateDBParameterGroup', group);
    const without = { ...wanted, Certificate: subnet(0), Database: database({ OptionGroupName: 'default:postgres-18' }) };
    expect(await findings(world, without)).toEqual([]);
    await call('kms', 'DisableKey', { KeyId: KeyMetadata.KeyId });
    expect(await findings(world, without)).toMatchObject([
      { rule: 'site-has-key', reason: expect.stringContaining('Disabled') as unknown },
    ]);
  });
});
