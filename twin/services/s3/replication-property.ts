import type { ReplicationConfiguration } from '@aws-sdk/client-s3';
import { acceptProperties } from '../members.js';
import type { ResourceProperties } from '../service.js';

/** `ReplicationConfiguration` of `AWS::S3::Bucket` as the API names it; its numbers may be text. */
export const replicationInput = (property: unknown): ReplicationConfiguration => {
  const { Role, Rules } = property as { Role: string; Rules: ResourceProperties[] };
  return { Role, Rules: Rules.map(ruleOf) as ReplicationConfiguration['Rules'] };
};

const ruleOf = (rule: ResourceProperties): object => {
  acceptProperties('AWS::S3::Bucket ReplicationRule', rule, [
    'Id',
    'Priority',
    'Prefix',
    'Filter',
    'Status',
    'DeleteMarkerReplication',
    'SourceSelectionCriteria',
    'Destination',
  ]);
  const { Id: ID, Priority, ...rest } = rule;
  return {
    ...(numbered(rest) as object),
    ...(ID === undefined ? {} : { ID }),
    ...(Priority === undefined ? {} : { Priority: Number(Priority) }),
  };
};

const numbered = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === 'Minutes' ? Number(inner) : numbered(inner)]));
};
