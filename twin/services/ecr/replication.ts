import type { ReplicationConfiguration } from '@aws-sdk/client-ecr';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import { newRepository, repositoriesOf, type ImageRecord, type RepositoryRecord } from './records.js';

const key = regional('ecr.replication', (): { configuration: ReplicationConfiguration } => ({ configuration: { rules: [] } }));

/** The one replication configuration of this region's registry; nothing is replicated while it has no rules. */
export const replicationOf = (ctx: Context): { configuration: ReplicationConfiguration } => ctx.state(key);

/**
 * A pushed image goes, once for each push, wherever the configuration says at that moment; what was pushed before stays, and a
 * replica is not replicated again (ECR user guide, "Private image replication").
 */
export const replicateLater = (ctx: Context, record: RepositoryRecord, image: ImageRecord): void => {
  const name = record.repository.repositoryName;
  for (const region of regionsFor(ctx, name)) {
    image.replication.set(region, { region, registryId: ctx.account, status: 'IN_PROGRESS' });
    ctx
      .operation(`ecr.replicate/${ctx.account}/${name}@${image.digest}/${region}`)
      .after(ctx.takes('ecr.replicate'), `replicate image ${name}@${image.digest} to ${region}`, (then) => {
        const status = then.regionIsLost(region) ? 'FAILED' : 'COMPLETE';
        if (status === 'COMPLETE') bring(then.at({ region }), name, image);
        image.replication.set(region, { region, registryId: then.account, status });
      });
  }
};

const regionsFor = (ctx: Context, name: string): Set<string> =>
  new Set(
    (replicationOf(ctx).configuration.rules ?? [])
      .filter(
        ({ repositoryFilters = [] }) =>
          repositoryFilters.length === 0 || repositoryFilters.some(({ filter = '' }) => name.startsWith(filter)),
      )
      .flatMap(({ destinations = [] }) => destinations.flatMap(({ region = [] }) => region)),
  );

/** Into the repository of that name there; ECR makes one with a registry's defaults where there is none. */
const bring = (there: Context, name: string, { digest, manifest, mediaType, tags }: ImageRecord): void => {
  const repositories = repositoriesOf(there);
  const record = repositories.get(name) ?? newRepository(there, name);
  repositories.set(name, record);
  const image: ImageRecord = record.images.get(digest) ?? {
    ...{ digest, manifest, mediaType },
    pushedAt: there.date(),
    tags: new Set(),
    replication: new Map(),
  };
  record.images.set(digest, image);
  for (const tag of tags) {
    const holder = [...record.images.values()].find((one) => one !== image && one.tags.has(tag));
    // An immutable tag stays where it is, and the replica comes without it.
    if (holder && record.repository.imageTagMutability === 'IMMUTABLE') continue;
    holder?.tags.delete(tag);
    image.tags.add(tag);
  }
};
