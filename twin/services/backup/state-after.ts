import type { AwsError } from '../../wire/aws-error.js';

/** The state that a job ends in when what it asked for was refused: FAILED, unless the refusal names another. */
export const stateAfter = <State extends string>({ options }: AwsError): State | 'FAILED' =>
  (options.fields?.jobState as State | undefined) ?? 'FAILED';
