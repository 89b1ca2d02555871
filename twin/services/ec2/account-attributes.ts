import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { ec2Error, network } from './records.js';

/** Elastic IP addresses of an account in a region (VPC user guide, "Amazon VPC quotas"). Nobody can raise it. */
const mostAddresses = 5;

/** As the EC2 API reference lists them, "AccountAttribute". */
const attributes: Readonly<Record<string, string>> = {
  'supported-platforms': 'VPC',
  'default-vpc': 'none',
  'vpc-max-elastic-ips': String(mostAddresses),
};

export const accountAttributes = {
  DescribeAccountAttributes: (input) => {
    accept('ec2.DescribeAccountAttributes', input, ['AttributeNames']);
    const named = input.AttributeNames?.length ? input.AttributeNames : Object.keys(attributes);
    const AccountAttributes = named.map((AttributeName) => {
      const AttributeValue = attributes[AttributeName];
      if (AttributeValue === undefined)
        throw ec2Error('InvalidParameterValue', `Value (${AttributeName}) for parameter attributeName is invalid.`);
      return { AttributeName, AttributeValues: [{ AttributeValue }] };
    });
    return { AccountAttributes };
  },
} satisfies Operations<typeof EC2>;

/** @throws AwsError AddressLimitExceeded */
export const mustAllowAddress = (ctx: Context): void => {
  if (network(ctx).addresses.size >= mostAddresses)
    throw ec2Error('AddressLimitExceeded', 'The maximum number of addresses has been reached.');
};
