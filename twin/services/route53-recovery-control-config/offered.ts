import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';

/** Where ARC is configured (ARC developer guide, "AWS Region availability for routing control"). */
export const home = 'us-west-2';

/**
 * Regions in which CloudFormation has these types: by the list of types per region of cfn-lint (src/cfnlint/data/schemas/providers), they are
 * in us-east-1 and us-west-2 and not in eu-west-1.
 */
const regions = ['us-east-1', home];

/** @throws AwsError ValidationError where CloudFormation does not know the type. */
export const mustBeOffered = (type: string, { region }: Context): void => {
  if (!regions.includes(region))
    throw new AwsError('ValidationError', `Template format error: Unrecognized resource types: [${type}] in ${region}`);
};
