import type { DescribeDBInstancesCommandOutput } from '@aws-sdk/client-rds';
import type { GetSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { ProvisionedResource, ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';

/** Writes where the database is into its secret, so that a client needs the secret only. Its `Ref` is the secret's ARN. */
export const secretTargetAttachment: ResourceType = {
  type: 'AWS::SecretsManager::SecretTargetAttachment',
  replacedOn: ['SecretId', 'TargetId', 'TargetType'],
  create: (properties, ctx) => attach(properties, ctx),
  // The value written stays in the secret: AWS documents no removal.
  delete: async () => undefined,
};

const attach = async (properties: ResourceProperties, ctx: Context): Promise<ProvisionedResource> => {
  const read = readProperties('AWS::SecretsManager::SecretTargetAttachment', properties, ['SecretId', 'TargetId', 'TargetType']);
  if (read.text('TargetType') !== 'AWS::RDS::DBInstance') {
    throw new AwsError('NotModelled', `NotModelled: SecretTargetAttachment to ${read.text('TargetType')}`, { status: 501 });
  }
  const id = read.text('SecretId');
  const { SecretString, ARN } = await ctx.call<GetSecretValueCommandOutput>('secrets-manager', 'GetSecretValue', { SecretId: id });
  const found = await ctx.call<DescribeDBInstancesCommandOutput>('rds', 'DescribeDBInstances', {
    DBInstanceIdentifier: read.text('TargetId'),
  });
  const database = found.DBInstances![0]!;
  const value = {
    ...(JSON.parse(SecretString ?? '{}') as object),
    engine: database.Engine,
    host: database.Endpoint?.Address,
    port: database.Endpoint?.Port,
    dbname: database.DBName,
    dbInstanceIdentifier: database.DBInstanceIdentifier,
  };
  await ctx.call('secrets-manager', 'PutSecretValue', { SecretId: id, SecretString: JSON.stringify(value) });
  return { physicalId: ARN!, attributes: { Id: ARN } };
};
