import { AwsError } from '../wire/aws-error.js';

/** What a client is told: AWS's errors as they are; anything else is the twin's own, logged, and 501 because the CDK retries 500s for most of a minute. */
export const asAwsError = (error: unknown, log: (message: string) => void): AwsError => {
  if (error instanceof AwsError) return error;
  log(`bug in the twin: ${error instanceof Error ? error.stack : String(error)}`);
  return new AwsError('TwinBug', `the twin itself failed: ${(error as Error).message}`, { status: 501, fault: 'server' });
};
