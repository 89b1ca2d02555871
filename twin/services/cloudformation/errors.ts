import { AwsError } from '../../wire/aws-error.js';

/** CloudFormation's answer to almost everything that is wrong with a request or a template. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message, { status: 400 });

/** Something AWS would do and the twin does not: said loudly, never passed over. */
export const notModelled = (what: string): AwsError => new AwsError('NotModelled', `NotModelled: cloudformation: ${what}`, { status: 501 });
