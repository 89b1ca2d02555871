import { join } from 'node:path';
import { accessKeyOf } from './wire/credential.js';

/** The account of whoever uses the twin without choosing one. */
export const defaultAccount = '111122223333';

/** What to export so that AWS clients and the `cdk` CLI speak to the twin at `url`, and to nobody else. */
export const clientEnvironment = (url: string, directory: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: accessKeyOf(defaultAccount),
  AWS_SECRET_ACCESS_KEY: 'twin',
  AWS_REGION: 'eu-west-1',
  // What boto3 and the AWS CLI's version 1 read instead.
  AWS_DEFAULT_REGION: 'eu-west-1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  // The CLI's telemetry and version check would leave the machine; its cache would remember another twin's account.
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_DISABLE_VERSION_CHECK: '1',
  CDK_HOME: join(directory, 'cdk'),
  // Validating templates takes most of a synth's time; one test leaves it on.
  CDK_VALIDATION: 'false',
});
