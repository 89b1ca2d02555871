import type { EpochRecord } from '../../lib/contract/outputs.js';
import type { Receipt } from '../../recovery/model/receipt.js';
import { instant, later } from '../../recovery/model/time.js';
import type { RecoveryWorld } from './recovery-world.js';

const bucketIn = async (world: RecoveryWorld, Bucket: string, region: string): Promise<void> => {
  await world.call('s3', 'CreateBucket', { Bucket, CreateBucketConfiguration: { LocationConstraint: region } }, region);
};

/** The witness bucket, with an epoch unless it is null. */
export const fenceStands = async (world: RecoveryWorld, record: EpochRecord | null): Promise<void> => {
  const { witnessRegion, witnessBucket } = world.targets.global;
  await bucketIn(world, witnessBucket, witnessRegion);
  if (record) await writeEpochAs(world, record);
};
export const writeEpochAs = async (world: RecoveryWorld, record: EpochRecord): Promise<void> => {
  const { witnessRegion, witnessBucket, epochKey } = world.targets.global;
  await world.call('s3', 'PutObject', { Bucket: witnessBucket, Key: epochKey, Body: JSON.stringify(record) }, witnessRegion);
};

/** The bucket that keeps runs, which locks what is written for good. */
export const journalBucketStands = async (world: RecoveryWorld): Promise<void> => {
  const { journalBucket: Bucket, region } = world.targets.site;
  const CreateBucketConfiguration = { LocationConstraint: region };
  await world.call('s3', 'CreateBucket', { Bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket: true }, region);
};

/** The bucket of the switch, empty: traffic is where it always is. */
export const switchStands = (world: RecoveryWorld): Promise<void> =>
  bucketIn(world, world.targets.global.switchBucket, world.targets.global.switchRegion);

export const objectIn = async (world: RecoveryWorld, Bucket: string, Key: string, region: string): Promise<unknown> => {
  const { Body } = await world.call<{ Body: Uint8Array }>('s3', 'GetObject', { Bucket, Key }, region).catch(() => ({ Body: undefined }));
  return Body && JSON.parse(Buffer.from(Body).toString());
};
export const epochNow = (world: RecoveryWorld): Promise<unknown> => {
  const { witnessRegion, witnessBucket, epochKey } = world.targets.global;
  return objectIn(world, witnessBucket, epochKey, witnessRegion);
};
export const switchNow = (world: RecoveryWorld): Promise<unknown> => {
  const { switchRegion, switchBucket, switchKey } = world.targets.global;
  return objectIn(world, switchBucket, switchKey, switchRegion);
};

/** A receipt that is good now. */
export const receiptFor = (world: RecoveryWorld, changes: Partial<Receipt> = {}): Receipt => ({
  run: 'run-1',
  site: world.to.name,
  region: world.to.region,
  stackDigest: '0'.repeat(64),
  recoveryPointArn: 'arn:aws:rds:eu-central-1:111122223333:snapshot:awsbackup:copyjob-1',
  suiteHash: '1'.repeat(64),
  gates: ['web.answers-from-site'],
  waived: [],
  issuedAt: instant(world.now()),
  expiresAt: later(instant(world.now()), 7200),
  ...changes,
});

/** The site's service stack, standing by; `resources` beside one that says how many tasks run. */
export const serviceStackStands = async (world: RecoveryWorld, resources: Record<string, object> = {}): Promise<void> => {
  const { serviceStack, capacityParameter } = world.targets.site;
  const Capacity = { 'Fn::If': ['Active', '2 tasks', 'no task'] };
  const template = {
    Parameters: {
      [capacityParameter]: { Type: 'String', Default: 'standby', AllowedValues: ['standby', 'active'] },
      Image: { Type: 'String', Default: 'latest' },
    },
    Conditions: {
      Active: { 'Fn::Equals': [{ Ref: capacityParameter }, 'active'] },
      StandingBy: { 'Fn::Not': [{ Condition: 'Active' }] },
    },
    Resources: {
      Service: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/test/service', Type: 'String', Value: Capacity } },
      Other: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/test/image', Type: 'String', Value: { Ref: 'Image' } } },
      ...resources,
    },
  };
  await world.call('cloudformation', 'CreateStack', {
    StackName: serviceStack,
    TemplateBody: JSON.stringify(template),
    Parameters: [{ ParameterKey: 'Image', ParameterValue: 'sealed' }],
    Capabilities: ['CAPABILITY_NAMED_IAM'],
  });
  await world.pass(600);
  if ((await serviceStackNow(world)).StackStatus !== 'CREATE_COMPLETE') throw new Error('the service stack does not stand');
};
export const serviceStackNow = async (world: RecoveryWorld) => {
  const { Stacks } = await world.call<{
    Stacks: { StackStatus: string; StackStatusReason?: string; Parameters: { ParameterKey: string; ParameterValue: string }[] }[];
  }>('cloudformation', 'DescribeStacks', { StackName: world.targets.site.serviceStack });
  return Stacks[0]!;
};
