import type { EpochRecord } from '../../../lib/contract/outputs.js';
import type { StandingWorld } from './standing-world.js';

const bucketIn = async (world: StandingWorld, Bucket: string, region: string): Promise<void> => {
  await world.call('s3', 'CreateBucket', { Bucket, CreateBucketConfiguration: { LocationConstraint: region } }, region);
};

/** The witness bucket, with an epoch unless it is null. */
export const fenceStands = async (world: StandingWorld, record: EpochRecord | null): Promise<void> => {
  const { witnessRegion, witnessBucket } = world.targets.global;
  await bucketIn(world, witnessBucket, witnessRegion);
  if (record) await writeEpochAs(world, record);
};
export const writeEpochAs = async (world: StandingWorld, record: EpochRecord): Promise<void> => {
  const { witnessRegion, witnessBucket, epochKey } = world.targets.global;
  await world.call('s3', 'PutObject', { Bucket: witnessBucket, Key: epochKey, Body: JSON.stringify(record) }, witnessRegion);
};

/** The bucket of the switch, empty: traffic is where it always is. */
export const switchStands = (world: StandingWorld): Promise<void> =>
  bucketIn(world, world.targets.global.switchBucket, world.targets.global.switchRegion);

export const objectIn = async (world: StandingWorld, Bucket: string, Key: string, region: string): Promise<unknown> => {
  const { Body } = await world.call<{ Body: Uint8Array }>('s3', 'GetObject', { Bucket, Key }, region).catch(() => ({ Body: undefined }));
  return Body && JSON.parse(Buffer.from(Body).toString());
};
export const epochNow = (world: StandingWorld): Promise<unknown> => {
  const { witnessRegion, witnessBucket, epochKey } = world.targets.global;
  return objectIn(world, witnessBucket, epochKey, witnessRegion);
};
export const switchNow = (world: StandingWorld): Promise<unknown> => {
  const { switchRegion, switchBucket, switchKey } = world.targets.global;
  return objectIn(world, switchBucket, switchKey, switchRegion);
};
