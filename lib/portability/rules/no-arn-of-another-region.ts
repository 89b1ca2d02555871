import type { Rule } from '../judged.js';
import { told } from '../walk.js';
import { writtenArns } from './arns.js';

/** Whose purpose is another region: copies that outlive this one, and grants on them. */
const meant: readonly (readonly [type: string, property: string])[] = [
  ['AWS::Backup::BackupPlan', 'CopyActions'],
  ['AWS::RDS::DBInstance', 'AutomaticBackupReplicationKmsKeyId'],
  ['AWS::S3::Bucket', 'ReplicationConfiguration'],
  ['AWS::SecretsManager::Secret', 'ReplicaRegions'],
  ['AWS::IAM::Policy', 'PolicyDocument'],
  ['AWS::IAM::ManagedPolicy', 'PolicyDocument'],
  ['AWS::IAM::Role', 'Policies'],
];

export const noArnOfAnotherRegion: Rule = {
  id: 'no-arn-of-another-region',
  summary: 'nothing is named by an ARN of another region, but where copies go',
  why: 'a stack that hangs on something in another region cannot be made, or does not work, once that region is lost',
  find: (stack) =>
    told(
      writtenArns(stack).flatMap(({ placed: { path, resource }, trail, arn, region }) => {
        const isMeant = meant.some(([type, property]) => resource.Type === type && trail.includes(property));
        return region === '' || region === stack.region || isMeant ? [] : [{ path, reason: `names ${arn} in ${trail.join('.')}` }];
      }),
    ),
};
