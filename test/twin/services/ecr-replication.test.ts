import { describe, expect, test } from '@jest/globals';
import { ecr } from '../../../twin/services/ecr/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const [here, there] = ['eu-west-1', 'eu-central-1'];
const registryId = '111122223333';
/** Longer than any image takes. */
const halfAnHour = 1_800;

const begin = async ({ filter = 'web', tags = 'MUTABLE' } = {}) => {
  const world = serviceWorld([ecr]);
  await world.call('ecr', 'CreateRepository', { repositoryName: 'web', imageTagMutability: tags });
  const configure = () =>
    world.call('ecr', 'PutReplicationConfiguration', {
      replicationConfiguration: {
        rules: [{ destinations: [{ region: there, registryId }], repositoryFilters: [{ filter, filterType: 'PREFIX_MATCH' }] }],
      },
    });
  const push = async (imageManifest = '{}', region = here): Promise<string> => {
    const put = { repositoryName: 'web', imageManifest, imageTag: 'v1' };
    return (await world.call<{ image: { imageId: { imageDigest: string } } }>('ecr', 'PutImage', put, region)).image.imageId.imageDigest;
  };
  const images = async (region = there) => {
    const { imageDetails } = await world.call<{ imageDetails: { imageDigest: string; imageTags?: string[] }[] }>(
      ...(['ecr', 'DescribeImages', { repositoryName: 'web' }, region] as const),
    );
    return imageDetails.map(({ imageDigest, imageTags }) => ({ imageDigest, imageTags }));
  };
  const status = async (imageDigest: string) => {
    const asked = { repositoryName: 'web', imageId: { imageDigest } };
    return (await world.call<{ replicationStatuses: { status: string }[] }>('ecr', 'DescribeImageReplicationStatus', asked))
      .replicationStatuses;
  };
  return { ...world, configure, push, images, status };
};

describe('images of a registry that is replicated', () => {
  test('are in the other region some minutes later, with their tags, in a repository that is made for them with the defaults', async () => {
    const { call, ctx, configure, push, images, status, pass } = await begin({ tags: 'IMMUTABLE' });
    await configure();
    const imageDigest = await push();
    expect(await status(imageDigest)).toEqual([{ region: there, registryId, status: 'IN_PROGRESS' }]);
    await expect(images()).rejects.toMatchObject({ code: 'RepositoryNotFoundException' });
    await pass(halfAnHour);
    expect(await status(imageDigest)).toEqual([{ region: there, registryId, status: 'COMPLETE' }]);
    expect(await images()).toEqual([{ imageDigest, imageTags: ['v1'] }]);
    expect(ecr.shown?.(ctx(there))).toEqual([{ what: 'repository', name: 'web', state: '1 image' }]);
    expect(await call('ecr', 'DescribeRepositories', { repositoryNames: ['web'] }, there)).toMatchObject({
      repositories: [{ imageTagMutability: 'MUTABLE' }],
    });
  });

  test('go into the repository that is there, which keeps its settings; an immutable tag that is taken is not given again', async () => {
    const { call, configure, push, images, pass } = await begin();
    await call('ecr', 'CreateRepository', { repositoryName: 'web', imageTagMutability: 'IMMUTABLE' }, there);
    const theirs = await push('{ }', there);
    await configure();
    const ours = await push();
    await pass(halfAnHour);
    expect(await images()).toEqual([
      { imageDigest: theirs, imageTags: ['v1'] },
      { imageDigest: ours, imageTags: undefined },
    ]);
  });

  test('stay where they are if they were pushed before, or no filter is for them', async () => {
    const before = await begin();
    await before.push();
    await before.configure();
    await before.pass(halfAnHour);
    await expect(before.images()).rejects.toMatchObject({ code: 'RepositoryNotFoundException' });
    const filtered = await begin({ filter: 'other' });
    await filtered.configure();
    expect(await filtered.status(await filtered.push())).toEqual([]);
  });

  test('never arrive in a region that is lost, nor from one that is lost before', async () => {
    const destination = await begin();
    await destination.configure();
    const pushed = await destination.push();
    await destination.world.loseRegion(there);
    await destination.pass(halfAnHour);
    expect(await destination.status(pushed)).toMatchObject([{ status: 'FAILED' }]);
    const source = await begin();
    await source.configure();
    await source.push();
    await source.world.loseRegion(here);
    await source.pass(halfAnHour);
    await expect(source.images()).rejects.toMatchObject({ code: 'RepositoryNotFoundException' });
  });
});

test.each([
  ['to the registry itself', { destinations: [{ region: here, registryId }] }, 'InvalidParameterException'],
  ['to another account, which the twin does not have', { destinations: [{ region: there, registryId: '444455556666' }] }, 'NotModelled'],
])('a registry is not replicated %s', async (_, rule, code) => {
  const { call } = serviceWorld([ecr]);
  await expect(call('ecr', 'PutReplicationConfiguration', { replicationConfiguration: { rules: [rule] } })).rejects.toMatchObject({ code });
});

test('a stack configures a registry that nobody has configured, and leaves it without rules', async () => {
  const { ctx, call, configure } = await begin();
  const type = resourceTypeOf(ecr, 'AWS::ECR::ReplicationConfiguration');
  const properties = {
    ReplicationConfiguration: {
      Rules: [
        { Destinations: [{ Region: there, RegistryId: registryId }], RepositoryFilters: [{ Filter: 'web', FilterType: 'PREFIX_MATCH' }] },
      ],
    },
  };
  expect(await type.create(properties, ctx(), resourceNames())).toMatchObject({ physicalId: registryId });
  expect(await call('ecr', 'DescribeRegistry')).toMatchObject({
    replicationConfiguration: { rules: [{ destinations: [{ region: there }], repositoryFilters: [{ filter: 'web' }] }] },
  });
  await expect(type.create(properties, ctx(), resourceNames())).rejects.toMatchObject({ code: 'AlreadyExistsException' });
  await type.delete(registryId, properties, ctx());
  expect(await call('ecr', 'DescribeRegistry')).toMatchObject({ registryId, replicationConfiguration: { rules: [] } });
  await configure();
  await expect(type.create(properties, ctx(), resourceNames())).rejects.toMatchObject({ code: 'AlreadyExistsException' });
});
