import { AwsError } from '../../wire/aws-error.js';

export const validation = (message: string): AwsError => new AwsError('ValidationException', message, { status: 400 });
export const invalid = (message: string): AwsError => validation(`One or more parameter values were invalid: ${message}`);
