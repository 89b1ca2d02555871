import type { ImageReplicationStatus, Repository, Tag } from '@aws-sdk/client-ecr';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';

export interface ImageRecord {
  readonly digest: string;
  readonly manifest: string;
  readonly mediaType: string;
  readonly pushedAt: Date;
  readonly tags: Set<string>;
  /** By region that it was to go to when it was pushed. */
  readonly replication: Map<string, ImageReplicationStatus>;
}
export interface RepositoryRecord {
  readonly repository: Repository & { repositoryName: string; repositoryArn: string };
  policy: string | undefined;
  lifecycle: { text: string; evaluatedAt: Date } | undefined;
  tags: Tag[];
  /** By digest. */
  readonly images: Map<string, ImageRecord>;
}

const key = regional('ecr.repositories', () => new Map<string, RepositoryRecord>());

export const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

export const newRepository = (ctx: Context, name: string): RepositoryRecord => ({
  repository: {
    repositoryName: name,
    repositoryArn: `arn:aws:ecr:${ctx.region}:${ctx.account}:repository/${name}`,
    registryId: ctx.account,
    repositoryUri: `${ctx.account}.dkr.ecr.${ctx.region}.amazonaws.com/${name}`,
    createdAt: ctx.date(),
    imageTagMutability: 'MUTABLE',
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: 'AES256' },
  },
  policy: undefined,
  lifecycle: undefined,
  tags: [],
  images: new Map(),
});

/** Repositories of this region's registry, by name. */
export const repositoriesOf = (ctx: Context): Map<string, RepositoryRecord> => ctx.state(key);

export const repositoryNamed = (ctx: Context, name: string | undefined, registryId?: string): RepositoryRecord => {
  const registry = registryId ?? ctx.account;
  const found = registry === ctx.account ? repositoriesOf(ctx).get(name ?? '') : undefined;
  if (found) return found;
  throw new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registry}'`,
  );
};
