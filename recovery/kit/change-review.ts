import type { Change } from '@aws-sdk/client-cloudformation';

/** Resource types that hold data, decide access, or live in us-east-1's control planes: a recovery leaves them alone. */
const untouchable = [
  'AWS::RDS::',
  'AWS::S3::',
  'AWS::DynamoDB::',
  'AWS::EFS::',
  'AWS::Backup::',
  'AWS::KMS::',
  'AWS::SecretsManager::',
  'AWS::IAM::',
  'AWS::Route53',
];

/** What speaks against executing a change set during a recovery, in words; empty: nothing. A replacement that only may happen counts. */
export const objectionsTo = (changes: readonly Change[]): string[] =>
  changes.flatMap(({ Type, ResourceChange: change }) => {
    if (Type !== 'Resource' || !change) return [`a change of type ${Type ?? 'unknown'}, which cannot be judged`];
    const { Action, LogicalResourceId: id = '?', ResourceType: type = '?', Replacement, ChangeSetId } = change;
    if (ChangeSetId) return [`${id} is a nested stack, whose changes cannot be judged here`];
    if (untouchable.some((prefix) => type.startsWith(prefix))) return [`${Action ?? 'changes'} ${id} (${type})`];
    if (Action !== 'Add' && Action !== 'Modify') return [`${Action ?? 'an unknown action'} of ${id} (${type})`];
    if (Action === 'Modify' && Replacement !== 'False') return [`replaces ${id} (${type}, replacement ${Replacement ?? 'unknown'})`];
    return [];
  });
