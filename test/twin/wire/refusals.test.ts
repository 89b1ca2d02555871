import { expect, test } from '@jest/globals';
import { AwsError } from '../../../twin/wire/aws-error.js';
import { accessKeyOf, readCredential } from '../../../twin/wire/credential.js';
import { decodeAwsChunked } from '../../../twin/wire/aws-chunked.js';
import { parseTarget, type WireRequest } from '../../../twin/wire/http-message.js';
import { ServiceModels } from '../../../twin/wire/service-models.js';
import { Wire } from '../../../twin/wire/wire.js';
import { sdkOf, wireClient } from './wire-client.js';

const request = (given: Partial<Omit<WireRequest, 'body' | 'query'>> & { body?: string } = {}): WireRequest => {
  const { path = '/', headers = {}, method = 'POST', body = '' } = given;
  return { method, headers, ...parseTarget(path), body: Buffer.from(body) };
};
const wireOf = (...ids: string[]): Wire => new Wire(new ServiceModels(ids.map((id) => ({ id, sdk: () => sdkOf(id) }))));
const form = { 'content-type': 'application/x-www-form-urlencoded' };

test('an operation that is not in the model is refused with 501 and its name', async () => {
  const asked = request({ headers: form, body: 'Action=InventRegion&Version=2011-06-15' });
  await expect(wireOf('sts').read(asked, 'sts')).rejects.toMatchObject({
    code: 'NotModelled',
    message: expect.stringContaining('sts.InventRegion'),
    options: { status: 501 },
  });
});

test('a service that the twin does not have is refused with 501 and its name, in the protocol of the request', async () => {
  const asked = request({
    headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-type': 'application/x-amz-json-1.0' },
    body: '{}',
  });
  const wire = wireOf('sts');
  const error = await wire.read(asked, 'dynamodb').catch((thrown: unknown) => thrown as AwsError);
  const response = await wire.refuse(asked, 'dynamodb', error as AwsError, 'id');
  expect(response.status).toBe(501);
  expect(JSON.parse(response.body as string)).toMatchObject({
    __type: 'NotModelled',
    message: expect.stringContaining('dynamodb.GetItem'),
  });
});

test.each([
  ['JSON', 'ssm', { 'x-amz-target': 'AmazonSSM.GetParameter', 'content-type': 'application/x-amz-json-1.1' }, '{"Name":'],
  [
    'JSON of another type',
    'ssm',
    { 'x-amz-target': 'AmazonSSM.GetParameter', 'content-type': 'application/x-amz-json-1.1' },
    '{"Name":{}}',
  ],
  ['CBOR', 'monitoring', { 'smithy-protocol': 'rpc-v2-cbor' }, '\xff\xff'],
  ['a form without an action', 'rds', form, 'Version=2014-10-31'],
  ['a number in a form', 'rds', form, 'Action=DescribeDBInstances&Version=2014-10-31&MaxRecords=many'],
])('malformed %s is refused with 400', async (_what, signingName, headers, body) => {
  const path = signingName === 'monitoring' ? '/service/GraniteServiceVersion20100801/operation/ListMetrics' : '/';
  const asked = request({ headers, body, path });
  await expect(wireOf('ssm', 'rds', 'cloudwatch').read(asked, signingName)).rejects.toMatchObject({ options: { status: 400 } });
});

test('malformed XML is refused with 400 MalformedXML', async () => {
  const asked = request({ method: 'PUT', path: '/bucket?tagging', body: '<Tagging><TagSet>' });
  await expect(wireOf('s3').read(asked, 's3')).rejects.toMatchObject({ code: 'MalformedXML', options: { status: 400 } });
});

test('a parameter that the operation does not have is refused, not ignored', async () => {
  const asked = request({ headers: form, body: 'Action=DescribeDBInstances&Version=2014-10-31&DBInstancIdentifier=typo' });
  await expect(wireOf('rds').read(asked, 'rds')).rejects.toMatchObject({
    code: 'NotModelled',
    message: expect.stringContaining('DBInstancIdentifier'),
  });
});

test.each([
  ['rds', 'DescribeDBInstances', 'DBInstanceNotFoundFault', 404],
  ['ssm', 'GetParameter', 'ParameterNotFound', 400],
  ['cloudwatch', 'GetDashboard', 'ResourceNotFound', 404],
  ['s3', 'GetObject', 'NoSuchKey', 404],
  ['route-53', 'GetHostedZone', 'NoSuchHostedZone', 404],
  ['backup', 'DescribeBackupVault', 'ResourceNotFoundException', 400],
])('%s answers %s with %s as AWS does, status %d', async (service, operation, code, status) => {
  const { client, module, statuses } = await wireClient(service, () => {
    throw new AwsError(code, 'not there');
  });
  const command = new (module[`${operation}Command`] as new (input: object) => object)({
    Name: 'n',
    Bucket: 'b',
    Key: 'k',
    Id: 'Z1',
    BackupVaultName: 'v',
    DashboardName: 'd',
  });
  await expect(client.send(command)).rejects.toMatchObject({ name: code, message: 'not there' });
  expect(statuses).toEqual([status]);
});

test('an error that no model has keeps its literal code and the status that was asked for', async () => {
  const { client, module, statuses } = await wireClient('ec2', () => {
    throw new AwsError('InvalidVpcID.NotFound', "The vpc ID 'vpc-1' does not exist");
  });
  const command = new (module.DescribeVpcsCommand as new (input: object) => object)({});
  await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound', message: "The vpc ID 'vpc-1' does not exist" });
  expect(statuses).toEqual([400]);
});

test('account, region and service are read from the signature', () => {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyOf('444455556666')}/20300101/eu-central-1/rds/aws4_request, SignedHeaders=host, Signature=0`;
  expect(readCredential(request({ headers: { authorization } }))).toMatchObject({
    account: '444455556666',
    region: 'eu-central-1',
    signingName: 'rds',
  });
});

test('an access key that names no account is refused with 403', () => {
  const authorization = 'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20300101/eu-central-1/rds/aws4_request';
  expect(() => readCredential(request({ headers: { authorization } }))).toThrow(AwsError);
});

test('an object sent in signed chunks is put together, and its trailing checksum counts as a header', () => {
  const body = '5;chunk-signature=aa\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n';
  const decoded = decodeAwsChunked(request({ headers: { 'content-encoding': 'gzip,aws-chunked' }, body }));
  expect(decoded.body.toString()).toBe('hello world');
  expect(decoded.headers).toEqual({ 'content-encoding': 'gzip', 'content-length': '11', 'x-amz-checksum-crc32': 'AAAA' });
});

test('an S3 operation is told from another by what only it requires', async () => {
  const names = async (method: string, path: string, headers: Record<string, string> = {}) =>
    (await wireOf('s3').read(request({ method, path, headers }), 's3')).operation;
  expect(await names('PUT', '/b/k')).toBe('PutObject');
  expect(await names('PUT', '/b/k', { 'x-amz-copy-source': 'b/other' })).toBe('CopyObject');
  expect(await names('PUT', '/b/k?partNumber=1&uploadId=u')).toBe('UploadPart');
  expect(await names('GET', '/b?list-type=2')).toBe('ListObjectsV2');
  expect(await names('GET', '/b/')).toBe('ListObjects');
  expect(await names('GET', '/b/folder//k')).toBe('GetObject');
  expect(await names('GET', '/')).toBe('ListBuckets');
  expect(await names('HEAD', '/b')).toBe('HeadBucket');
});

test('a service that once spoke Query tells the old code of its error beside the new one', async () => {
  const wire = wireOf('sqs');
  const gone = new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  const json = request({ headers: { 'x-amz-target': 'AmazonSQS.GetQueueUrl', 'content-type': 'application/x-amz-json-1.0' }, body: '{}' });
  const today = await wire.refuse(json, 'sqs', gone, 'id');
  expect(today.headers).toMatchObject({ 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' });
  expect(JSON.parse(today.body as string)).toMatchObject({ __type: 'QueueDoesNotExist' });
  const before = await wire.refuse(request({ headers: form, body: 'Action=GetQueueUrl&Version=2012-11-05' }), 'sqs', gone, 'id');
  expect(before.body).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
});
