import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from '../../recovery/adapters/file-store.js';
import { homeAt } from '../../recovery/adapters/home.js';
import { s3Store } from '../../recovery/adapters/s3-store.js';
import type { RunStore } from '../../recovery/ports/run-store.js';
import { recoveryWorld, type RecoveryWorld } from './recovery-world.js';

/** A store as each of several operators has it, of the same runs. */
export interface SharedStore {
  readonly operator: () => RunStore;
  readonly gone: () => Promise<void>;
}

export const sharedFileStore = async (): Promise<SharedStore> => {
  const directory = await mkdtemp(join(tmpdir(), 'store-'));
  return { operator: () => fileStore(homeAt(directory)), gone: () => rm(directory, { recursive: true }) };
};

/** In milliseconds what ordinarily takes seconds. */
export const quickPulse = { everyMs: 20, deadAfterMs: 120 };

/** Over the twin's S3 in this process, in a bucket that locks objects. */
export const sharedS3Store = async (): Promise<SharedStore & { readonly world: RecoveryWorld }> => {
  const world = recoveryWorld();
  const { journalBucket: bucket, region } = world.targets.site;
  const CreateBucketConfiguration = { LocationConstraint: region };
  await world.call('s3', 'CreateBucket', { Bucket: bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket: true }, region);
  return { world, operator: () => s3Store({ s3: world.aws.s3(region), bucket, region }, quickPulse), gone: async () => undefined };
};

export const runStores = [
  ['the file store', sharedFileStore],
  ['the S3 store over the twin in this process', sharedS3Store],
] as const;
