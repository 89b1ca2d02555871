import type { Service } from '../../twin/services/service.js';
import { AwsError } from '../../twin/wire/aws-error.js';

type Handler = (input: never) => unknown;
const service = (id: string, operations: Record<string, Handler>): Service => ({
  id,
  reach: 'regional',
  sdk: async () => ({}),
  operations,
});

/** EC2 with two subnets in two zones and a way out of them, for services that ask about nothing else. */
export const twoSubnets = service('ec2', {
  DescribeSubnets: ({ SubnetIds }: { SubnetIds: string[] }) => ({
    Subnets: SubnetIds.map((SubnetId) => {
      if (!/^subnet-[ab]$/.test(SubnetId)) throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${SubnetId}' does not exist`);
      return { SubnetId, VpcId: 'vpc-1', AvailabilityZone: `eu-west-1${SubnetId.at(-1)}` };
    }),
  }),
  DescribeRouteTables: () => ({
    RouteTables: [
      { Associations: [{ Main: true }], Routes: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', State: 'active' }] },
    ],
  }),
});

/** Secrets by ARN. */
export const heldSecrets = (secrets: Map<string, string>): Service =>
  service('secrets-manager', {
    GetSecretValue: ({ SecretId }: { SecretId: string }) => {
      const SecretString = secrets.get(SecretId);
      if (SecretString === undefined) throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      return { SecretString };
    },
  });

/** Parameters by name. */
export const heldParameters = (parameters: Map<string, string>): Service =>
  service('ssm', {
    GetParameters: ({ Names }: { Names: string[] }) => ({
      Parameters: Names.filter((name) => parameters.has(name)).map((Name) => ({ Name, Value: parameters.get(Name) })),
      InvalidParameters: Names.filter((name) => !parameters.has(name)),
    }),
  });

/** Log groups with the batches put into their streams. */
export const heldLogs = (groups: Map<string, Map<string, string[][]>>): Service => {
  const streams = (group: string): Map<string, string[][]> => {
    const found = groups.get(group);
    if (!found) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return found;
  };
  return service('cloudwatch-logs', {
    CreateLogStream: ({ logGroupName, logStreamName }: { logGroupName: string; logStreamName: string }) => {
      streams(logGroupName).set(logStreamName, []);
      return {};
    },
    PutLogEvents: (input: { logGroupName: string; logStreamName: string; logEvents: { message: string }[] }) => {
      streams(input.logGroupName)
        .get(input.logStreamName)!
        .push(input.logEvents.map(({ message }) => message));
      return {};
    },
  });
};
