import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import { resourcesOfType, walk } from '../../lib/portability/walk.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Probe } from './probe.js';

export const regionHasImage: Probe = {
  id: 'region-has-image',
  summary: 'every container image is in the registry of the region, by its digest, and will stay',
  wants: (stack) =>
    resourcesOfType(stack, 'AWS::ECS::TaskDefinition').flatMap(({ path, resource }) =>
      [...walk(resource.Properties?.['ContainerDefinitions'])].flatMap(({ value, trail }) => {
        const [, name] =
          trail.at(-1) === 'Image' && typeof value === 'string' ? (/\.amazonaws\.com\/(.+@sha256:[0-9a-f]{64})$/.exec(value) ?? []) : [];
        return name === undefined ? [] : [{ path, name }];
      }),
    ),
  lacks: async ({ name }, region, aws) => {
    const [repositoryName = '', imageDigest = ''] = name.split('@');
    try {
      const { imageDetails = [] } = await aws.ecr(region).send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest }] }));
      if (imageDetails.length === 0) return `${region} has no image ${name}`;
      // As a replica is whose tag was taken (ECR user guide, "Private image replication").
      return imageDetails[0]?.imageTags?.length ? undefined : `${region} has ${name} without a tag, and its registry expires what has none`;
    } catch (error) {
      if (!(error instanceof RecoveryError) || !/^(Image|Repository)NotFound/.test(error.code)) throw error;
      return `${region} has no image ${name}`;
    }
  },
};
