import { expect, test } from '@jest/globals';
import { ecr } from '../../../twin/services/ecr/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const begin = () => serviceWorld([ecr]);
const withRepository = async (imageTagMutability = 'MUTABLE') => {
  const world = begin();
  await world.call('ecr', 'CreateRepository', { repositoryName: 'app', imageTagMutability });
  return world;
};

test('a registry begins with nothing in it, whatever images this machine has', async () => {
  const { call } = begin();
  expect(await call('ecr', 'DescribeRepositories')).toMatchObject({ repositories: [] });
});

test('an image is named by the digest of its manifest', async () => {
  const { call } = await withRepository();
  const { image } = await call<{ image: { imageId: { imageDigest: string } } }>('ecr', 'PutImage', {
    repositoryName: 'app',
    imageManifest: '{}',
    imageTag: 'v1',
  });
  expect(image.imageId.imageDigest).toBe('sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  expect(await call('ecr', 'ListImages', { repositoryName: 'app' })).toMatchObject({ imageIds: [{ imageTag: 'v1' }] });
  const got = await call('ecr', 'BatchGetImage', { repositoryName: 'app', imageIds: [{ imageTag: 'v1' }, { imageTag: 'v2' }] });
  expect(got).toMatchObject({ images: [{ imageManifest: '{}' }], failures: [{ failureCode: 'ImageNotFound' }] });
});

test('a tag moves to another image unless tags are immutable', async () => {
  const push = (world: ReturnType<typeof begin>, imageManifest: string) =>
    world.call('ecr', 'PutImage', { repositoryName: 'app', imageManifest, imageTag: 'v1' });
  const mutable = await withRepository();
  await push(mutable, '{}');
  await push(mutable, '{ }');
  expect(await mutable.call('ecr', 'BatchGetImage', { repositoryName: 'app', imageIds: [{ imageTag: 'v1' }] })).toMatchObject({
    images: [{ imageManifest: '{ }' }],
  });
  const immutable = await withRepository('IMMUTABLE');
  await push(immutable, '{}');
  await expect(push(immutable, '{ }')).rejects.toMatchObject({ code: 'ImageTagAlreadyExistsException' });
});

test('a repository with images is deleted only by force', async () => {
  const { call } = await withRepository();
  await call('ecr', 'PutImage', { repositoryName: 'app', imageManifest: '{}' });
  await expect(call('ecr', 'DeleteRepository', { repositoryName: 'app' })).rejects.toMatchObject({ code: 'RepositoryNotEmptyException' });
  await call('ecr', 'DeleteRepository', { repositoryName: 'app', force: true });
  await expect(call('ecr', 'ListImages', { repositoryName: 'app' })).rejects.toMatchObject({ code: 'RepositoryNotFoundException' });
});

test('CloudFormation makes the repository that cdk bootstrap asks for', async () => {
  const { call, ctx } = begin();
  const { physicalId, attributes } = await resourceTypeOf(ecr, 'AWS::ECR::Repository').create(
    {
      ImageTagMutability: 'IMMUTABLE',
      LifecyclePolicy: { LifecyclePolicyText: '{"rules":[]}' },
      RepositoryName: 'cdk-assets',
      RepositoryPolicyText: { Statement: [] },
    },
    ctx(),
    resourceNames(),
  );
  expect(physicalId).toBe('cdk-assets');
  expect(attributes).toEqual({
    Arn: 'arn:aws:ecr:eu-west-1:111122223333:repository/cdk-assets',
    RepositoryUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/cdk-assets',
  });
  expect(await call('ecr', 'GetLifecyclePolicy', { repositoryName: 'cdk-assets' })).toMatchObject({ lifecyclePolicyText: '{"rules":[]}' });
});
