import type { BatchGetImageResponse } from '@aws-sdk/client-ecr';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { RegionLost } from '../dispatcher.js';

/** The image cannot be had: what a task's `stoppedReason` says after `CannotPullContainerError:`. */
export class ImageNotPulled extends Error {
  constructor(image: string, why: string, attempts: number) {
    super(`pull image manifest has been retried ${attempts} time(s): failed to resolve ref ${image}: ${why}`);
  }
}

const ecrImage = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^@:]+)(?:@(sha256:[0-9a-f]+)|:([\w.-]+))?$/;

/**
 * The image as the data plane knows it, by digest. An image in this account's ECR is looked for there, in the region it names, at
 * the time the task starts; what any other registry has is for the data plane to know.
 * @throws ImageNotPulled
 */
export const pullImage = async (image: string, ctx: Context): Promise<string> => {
  const [, registryId, region = '', repositoryName, imageDigest, tag = 'latest'] = ecrImage.exec(image) ?? [];
  const missing = new ImageNotPulled(image, `${image}: not found`, 1);
  let digest = imageDigest;
  if (registryId === ctx.account) {
    const imageIds = [imageDigest === undefined ? { imageTag: tag } : { imageDigest }];
    const answer = await ctx
      .at({ region })
      .onBehalf('ecs')
      .call<BatchGetImageResponse>('ecr', 'BatchGetImage', { registryId, repositoryName, imageIds })
      .catch((error: unknown) => {
        if (error instanceof RegionLost) throw new ImageNotPulled(image, unanswered(image), 5);
        if (error instanceof AwsError && error.code === 'RepositoryNotFoundException') throw missing;
        throw error;
      });
    digest = answer.images?.[0]?.imageId?.imageDigest;
    if (digest === undefined) throw missing;
  }
  const pulled = registryId === ctx.account ? `${image.replace(/[@:][^/]*$/, '')}@${digest}` : image;
  if (!ctx.dataplane.tasks.knowsImage(pulled)) throw missing;
  return pulled;
};

const unanswered = (image: string): string => {
  const [host, ...name] = image.replace(/[@:][^/]*$/, '').split('/');
  return `failed to do request: Head "https://${host}/v2/${name.join('/')}/manifests": dial tcp: i/o timeout`;
};
