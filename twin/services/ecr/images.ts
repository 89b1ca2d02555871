import { createHash } from 'node:crypto';
import type * as ECR from '@aws-sdk/client-ecr';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId, mixedAlphanumeric } from '../fresh-id.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { manifestType, repositoryNamed, type ImageRecord, type RepositoryRecord } from './records.js';
import { replicateLater } from './replication.js';

/** The image that a digest, a tag, or both name. */
export const imageIn = (record: RepositoryRecord, { imageDigest, imageTag }: ECR.ImageIdentifier): ImageRecord | undefined => {
  const held =
    imageDigest === undefined ? [...record.images.values()].find(({ tags }) => tags.has(imageTag ?? '')) : record.images.get(imageDigest);
  return imageDigest !== undefined && imageTag !== undefined && !held?.tags.has(imageTag) ? undefined : held;
};
const idText = ({ imageDigest, imageTag }: ECR.ImageIdentifier): string =>
  `imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'`;

const described = (ctx: Context, record: RepositoryRecord, image: ImageRecord): ECR.ImageDetail => ({
  registryId: ctx.account,
  repositoryName: record.repository.repositoryName,
  imageDigest: image.digest,
  ...(image.tags.size > 0 ? { imageTags: [...image.tags] } : {}),
  imageSizeInBytes: Buffer.byteLength(image.manifest),
  imagePushedAt: image.pushedAt,
  imageManifestMediaType: image.mediaType,
});
const shown = ({ tags }: ImageRecord, filter: ECR.DescribeImagesFilter | undefined): boolean =>
  filter?.tagStatus === undefined || filter.tagStatus === 'ANY' || (filter.tagStatus === 'TAGGED') === tags.size > 0;
const badToken = (): AwsError => new AwsError('InvalidParameterException', 'Invalid nextToken');

/** Images as records: manifests, digests and tags; layers are not kept. */
export const images = {
  PutImage: (input, ctx) => {
    accept('ecr.PutImage', input, ['registryId', 'repositoryName', 'imageManifest', 'imageManifestMediaType', 'imageTag', 'imageDigest']);
    const record = repositoryNamed(ctx, input.repositoryName, input.registryId);
    const manifest = need(input.imageManifest, 'imageManifest', 'InvalidParameterException');
    const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
    if (input.imageDigest !== undefined && input.imageDigest !== digest) {
      throw new AwsError(
        'ImageDigestDoesNotMatchException',
        `The specified image digest '${input.imageDigest}' does not match the calculated image digest '${digest}'`,
      );
    }
    const holder = input.imageTag === undefined ? undefined : imageIn(record, { imageTag: input.imageTag });
    if (holder && holder.digest !== digest && record.repository.imageTagMutability === 'IMMUTABLE') {
      throw new AwsError(
        'ImageTagAlreadyExistsException',
        `The image tag '${input.imageTag}' already exists in the '${input.repositoryName}' repository and cannot be overwritten because the repository is immutable.`,
      );
    }
    const held = record.images.get(digest);
    if (held && (input.imageTag === undefined || held.tags.has(input.imageTag))) {
      throw new AwsError(
        'ImageAlreadyExistsException',
        `Image with digest '${digest}' and tag '${input.imageTag ?? 'null'}' already exists in the repository with name '${input.repositoryName}' in registry with id '${ctx.account}'`,
      );
    }
    const image = held ?? {
      digest,
      manifest,
      mediaType: input.imageManifestMediaType ?? manifestType,
      pushedAt: ctx.date(),
      tags: new Set<string>(),
      replication: new Map<string, ECR.ImageReplicationStatus>(),
    };
    record.images.set(digest, image);
    if (input.imageTag !== undefined) {
      holder?.tags.delete(input.imageTag);
      image.tags.add(input.imageTag);
    }
    replicateLater(ctx, record, image);
    return { image: answered(ctx, record, image, input.imageTag) };
  },
  BatchGetImage: (input, ctx) => {
    accept('ecr.BatchGetImage', input, ['registryId', 'repositoryName', 'imageIds', 'acceptedMediaTypes']);
    const record = repositoryNamed(ctx, input.repositoryName, input.registryId);
    const asked = (input.imageIds ?? []).map((imageId) => ({ imageId, image: imageIn(record, imageId) }));
    return {
      images: asked.flatMap(({ imageId, image }) => (image ? [answered(ctx, record, image, imageId.imageTag)] : [])),
      failures: asked
        .filter(({ image }) => !image)
        .map(({ imageId }) => ({ imageId, failureCode: 'ImageNotFound' as const, failureReason: 'Requested image not found' })),
    };
  },
  DescribeImages: (input, ctx) => {
    accept('ecr.DescribeImages', input, ['registryId', 'repositoryName', 'imageIds', 'nextToken', 'maxResults', 'filter']);
    const record = repositoryNamed(ctx, input.repositoryName, input.registryId);
    const named = input.imageIds?.map((id) => {
      const image = imageIn(record, id);
      if (image) return image;
      throw new AwsError(
        'ImageNotFoundException',
        `The image with imageId {${idText(id)}} does not exist within the repository with name '${input.repositoryName}' in the registry with id '${ctx.account}'`,
      );
    });
    const held = named ?? [...record.images.values()].filter((image) => shown(image, input.filter));
    const { items, next } = page(held, { token: input.nextToken, most: input.maxResults ?? 100 }, badToken);
    return { imageDetails: items.map((image) => described(ctx, record, image)), nextToken: next };
  },
  ListImages: (input, ctx) => {
    accept('ecr.ListImages', input, ['registryId', 'repositoryName', 'nextToken', 'maxResults', 'filter']);
    const record = repositoryNamed(ctx, input.repositoryName, input.registryId);
    const ids = [...record.images.values()]
      .filter((image) => shown(image, input.filter))
      .flatMap(({ digest, tags }) =>
        tags.size === 0 ? [{ imageDigest: digest }] : [...tags].map((imageTag) => ({ imageDigest: digest, imageTag })),
      );
    const { items, next } = page<ECR.ImageIdentifier>(ids, { token: input.nextToken, most: input.maxResults ?? 100 }, badToken);
    return { imageIds: items, nextToken: next };
  },
  BatchDeleteImage: (input, ctx) => {
    const record = repositoryNamed(ctx, input.repositoryName, input.registryId);
    const deleted: ECR.ImageIdentifier[] = [];
    const failures: ECR.ImageFailure[] = [];
    for (const imageId of input.imageIds ?? []) {
      const image = imageIn(record, imageId);
      if (!image) failures.push({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' });
      else {
        // By tag only the tag goes, until it was the last one.
        if (imageId.imageDigest === undefined) image.tags.delete(imageId.imageTag!);
        if (imageId.imageDigest !== undefined || image.tags.size === 0) record.images.delete(image.digest);
        deleted.push({ imageDigest: image.digest, ...(imageId.imageTag === undefined ? {} : { imageTag: imageId.imageTag }) });
      }
    }
    return { imageIds: deleted, failures };
  },
  GetAuthorizationToken: (_input, ctx) => ({
    authorizationData: [
      {
        authorizationToken: Buffer.from(`AWS:${freshId(ctx, 'ecr.token', 40, mixedAlphanumeric)}`).toString('base64'),
        expiresAt: new Date(ctx.now() + 12 * 3600 * 1000),
        proxyEndpoint: `https://${ctx.account}.dkr.ecr.${ctx.region}.amazonaws.com`,
      },
    ],
  }),
} satisfies Operations<typeof ECR>;

const answered = (ctx: Context, record: RepositoryRecord, image: ImageRecord, imageTag: string | undefined): ECR.Image => ({
  registryId: ctx.account,
  repositoryName: record.repository.repositoryName,
  imageId: { imageDigest: image.digest, ...(imageTag === undefined ? {} : { imageTag }) },
  imageManifest: image.manifest,
  imageManifestMediaType: image.mediaType,
});
