// Carries out calls with the AWS SDK for JavaScript version 2: see line-driver.ts.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
const AWS = createRequire(import.meta.url)('aws-sdk');
const names = {
  cloudformation: 'CloudFormation',
  cloudwatch: 'CloudWatch',
  dynamodb: 'DynamoDB',
  kms: 'KMS',
  rds: 'RDS',
  'route-53': 'Route53',
  s3: 'S3',
  sns: 'SNS',
  sqs: 'SQS',
  ssm: 'SSM',
  sts: 'STS',
};

const toSdk = (value) => {
  if (typeof value?.bytes === 'string') return Buffer.from(value.bytes);
  if (typeof value?.base64 === 'string') return Buffer.from(value.base64, 'base64');
  if (typeof value?.instant === 'string') return new Date(value.instant);
  if (Array.isArray(value)) return value.map(toSdk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toSdk(member)]));
};
const fromSdk = (value) => {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(fromSdk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fromSdk(member)]));
};

const carryOut = async ({ service, operation, region, input }) => {
  const client = new AWS[names[service]]({ endpoint: process.env.AWS_ENDPOINT_URL, region, s3ForcePathStyle: true, maxRetries: 0 });
  const method = operation.charAt(0).toLowerCase() + operation.slice(1);
  try {
    const output = await client[method](toSdk(input)).promise();
    if (Buffer.isBuffer(output.Body)) output.Body = output.Body.toString();
    return { output: fromSdk(output) };
  } catch (error) {
    return { error: { code: error.code, message: error.message } };
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await carryOut(JSON.parse(line)))}\n`);
}
