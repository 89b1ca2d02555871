import { defaultAccount } from '../client-environment.js';
import { findImage, images } from '../images/index.js';
import { AwsError } from '../wire/aws-error.js';
import type { World } from '../world/world.js';

/** What was asked to be pushed is no image of this machine, or the registry refuses it. */
export class NotPushed extends Error {}

/**
 * Puts an image that this machine has, `name@sha256:…`, into the repository of that name, as `docker push` from here would. One that is
 * there already is left alone. @throws NotPushed
 */
export const pushImage = async (world: World, image: string, region: string): Promise<object> => {
  const found = findImage(image);
  const [repositoryName = ''] = image.split('@');
  if (!found) {
    const known = images.map(({ repository, digest }) => `${repository}@${digest}`).join(', ');
    throw new NotPushed(`this machine has no image ${image}; it has ${known}`);
  }
  const { digest, manifest } = found;
  const imageTag = digest.slice('sha256:'.length, 'sha256:'.length + 12);
  const caller = { principalArn: `arn:aws:iam::${defaultAccount}:user/push`, via: 'client', ownsClock: false };
  const ctx = world.context({ account: defaultAccount, region, caller });
  await ctx.call('ecr', 'PutImage', { repositoryName, imageManifest: manifest, imageTag }).catch((error: unknown) => {
    if (!(error instanceof AwsError)) throw error;
    if (error.code !== 'ImageAlreadyExistsException') throw new NotPushed(error.message);
  });
  return { pushed: `${repositoryName}@${digest}`, tag: imageTag, region };
};
