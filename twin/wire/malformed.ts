import { AwsError } from './aws-error.js';

/** The error for a request that cannot be read at all. */
export const malformed = (message: string, code = 'SerializationException'): AwsError => new AwsError(code, message, { status: 400 });

/** The error for something in a request that the SDK's model of the service does not have: it is refused, never ignored. */
export const notInModel = (shape: string | undefined, member: string): AwsError =>
  new AwsError('NotModelled', `NotModelled: ${shape ?? 'the request'} has no member ${member}`, { status: 501 });
