import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { invalid, validation } from './errors.js';
import type { IndexRecord } from './records.js';

interface Asked {
  readonly BillingMode?: DynamoDB.BillingMode | undefined;
  readonly ProvisionedThroughput?: DynamoDB.ProvisionedThroughput | undefined;
}

/** Throughput and billing mode, which have to fit. @throws AwsError ValidationException */
export const checkThroughput = (
  { BillingMode = 'PROVISIONED', ProvisionedThroughput: given }: Asked,
  indexes: readonly IndexRecord[],
): void => {
  const indexed = indexes.filter(({ isGlobal }) => isGlobal);
  if (BillingMode === 'PAY_PER_REQUEST') {
    if (!given && indexed.every(({ throughput }) => !throughput)) return;
    throw invalid('Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST');
  }
  if (!given) {
    throw invalid('ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED');
  }
  const without = indexed.find(({ throughput }) => !throughput);
  if (without) throw invalid(`ProvisionedThroughput is not specified for index: ${without.name}`);
  for (const { ReadCapacityUnits: read, WriteCapacityUnits: write } of [given, ...indexed.map(({ throughput }) => throughput!)]) {
    for (const [name, value] of [
      ['readCapacityUnits', read],
      ['writeCapacityUnits', write],
    ] as const) {
      if (value !== undefined && value >= 1) continue;
      throw validation(
        `1 validation error detected: Value '${value}' at 'provisionedThroughput.${name}' failed to satisfy constraint: Member must have value greater than or equal to 1`,
      );
    }
  }
};

/** ARN of the customer's or of AWS's managed key that can be used now; undefined: the key that DynamoDB owns. */
export const encryptionKey = async (asked: DynamoDB.SSESpecification | undefined, ctx: Context): Promise<string | undefined> => {
  if (!asked?.Enabled) return undefined;
  accept('dynamodb.SSESpecification', asked, ['Enabled', 'SSEType', 'KMSMasterKeyId']);
  if ((asked.SSEType ?? 'KMS') !== 'KMS') throw invalid(`Unsupported SSEType: ${asked.SSEType}`);
  const KeyId = asked.KMSMasterKeyId ?? 'alias/aws/dynamodb';
  const { KeyMetadata: key } = await ctx
    .onBehalf('dynamodb')
    .call<{ KeyMetadata?: { Arn?: string; KeyState?: string } }>('kms', 'DescribeKey', { KeyId })
    .catch((error: unknown) => {
      if (error instanceof AwsError && error.code === 'NotFoundException') throw validation(`KMS validation error: ${error.message}`);
      throw error;
    });
  if (key?.KeyState === 'Enabled') return key.Arn;
  throw validation(`KMS key is not enabled: ${KeyId} is ${key?.KeyState}`);
};
