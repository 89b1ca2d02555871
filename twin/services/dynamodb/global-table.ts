import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ResourceProperties } from '../service.js';

const shared = [
  ...['TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'BillingMode'],
  ...['TimeToLiveSpecification', 'SSESpecification', 'Replicas'],
];
const ofReplica = ['Region', 'PointInTimeRecoverySpecification', 'DeletionProtectionEnabled', 'TableClass', 'Tags', 'SSESpecification'];

const notModelled = (what: string): AwsError =>
  new AwsError('NotModelled', `NotModelled: ${what}: the twin does not have this`, { status: 501 });

/**
 * The properties of an `AWS::DynamoDB::GlobalTable` with one replica, in the stack's own region, as those of a table: what CDK's `TableV2` makes.
 * @throws AwsError NotModelled for replicas elsewhere: writes that reach two regions are not modelled.
 */
export const replicaProperties = (given: ResourceProperties, ctx: Context): ResourceProperties => {
  acceptProperties('AWS::DynamoDB::GlobalTable', given, shared);
  const { Replicas, SSESpecification, ...table } = given;
  const [replica, ...others] = Replicas as ResourceProperties[];
  const elsewhere = [replica, ...others].map((each) => String(each?.Region)).filter((region) => region !== ctx.region);
  if (elsewhere.length > 0) throw notModelled(`AWS::DynamoDB::GlobalTable with replicas in ${elsewhere.join(', ')}`);
  acceptProperties('AWS::DynamoDB::GlobalTable.Replica', replica!, ofReplica);
  const { Region: _region, SSESpecification: key, ...settings } = replica!;
  if (given.BillingMode !== 'PAY_PER_REQUEST') throw notModelled('AWS::DynamoDB::GlobalTable with provisioned capacity');
  const encryption = SSESpecification || key ? { SSESpecification: { ...(SSESpecification as object), ...(key as object) } } : {};
  return { ...table, ...settings, ...encryption };
};
