import { mkdtempSync } from 'node:fs';
import { get, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pass } from 'node:timers/promises';
import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { twinCommand } from '../../../twin/cli.js';
import { modelDataplane } from '../../../twin/dataplane/model.js';
import { images, type Image } from '../../../twin/images/index.js';
import { startTwin, type Twin } from '../../../twin/start.js';

let twin: Twin;
const logged: string[] = [];
beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'twin-'));
  const dataplane = modelDataplane();
  twin = await startTwin({
    port: 0,
    speed: 0,
    seed: 1,
    directory: () => directory,
    log: (line) => void logged.push(line),
    dataplane: Promise.resolve(dataplane),
  });
});
afterAll(async () => {
  await twin.stop();
  expect(logged).toEqual([]);
});

const url = (): string => twin.description.url;
const client = (region = 'eu-west-1', account = '111122223333') => ({
  region,
  endpoint: url(),
  maxAttempts: 1,
  credentials: { accessKeyId: `AKIA${account}TWIN`, secretAccessKey: 'any' },
});
const ask = async (method: string, path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(`${url()}/_twin/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
/** Takes the clock's lease; `end` closes its connection. */
const takeLease = (owner: string): Promise<{ lease: string; now: number; end: () => void }> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ owner });
    const asked = request(`${url()}/_twin/clock/lease`, { method: 'POST', agent: false }, (response) => {
      response.once('data', (line: Buffer) =>
        resolve({ ...(JSON.parse(line.toString()) as { lease: string; now: number }), end: () => asked.destroy() }),
      );
      response.on('error', () => undefined);
    });
    asked.on('error', reject);
    asked.end(body);
  });
const plainGet = (path: string, headers: Record<string, string> = {}): Promise<{ status: number | undefined; body: string }> =>
  new Promise((resolve, reject) => {
    get(`${url()}${path}`, { headers, agent: false }, (response: IncomingMessage) => {
      void response
        .toArray()
        .then((chunks) => resolve({ status: response.statusCode, body: Buffer.concat(chunks as Buffer[]).toString() }));
    }).on('error', reject);
  });

test('an unmodified client learns its account from its access key', async () => {
  const { Account } = await new STS(client('eu-west-1', '444455556666')).getCallerIdentity({});
  expect(Account).toBe('444455556666');
});

test('an assumed role is the caller of what its session sends', async () => {
  const trust = [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::777788889999:root' }, Action: 'sts:AssumeRole' }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust });
  const mine = client('us-east-1', '777788889999');
  const { Role } = await new IAM(mine).createRole({ RoleName: 'deploy', AssumeRolePolicyDocument });
  const { Credentials } = await new STS(mine).assumeRole({ RoleArn: Role!.Arn!, RoleSessionName: 'me' });
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials!;
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const { Account, Arn } = await new STS({ ...mine, credentials }).getCallerIdentity({});
  expect({ Account, Arn }).toEqual({ Account: '777788889999', Arn: 'arn:aws:sts::777788889999:assumed-role/deploy/me' });
});

test('S3 takes streams, gives bytes back, and answers HEAD without a body', async () => {
  const s3 = new S3(client('eu-central-1'));
  await s3.createBucket({ Bucket: 'streams', CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } });
  const Body = Readable.from([Buffer.from('hello '), Buffer.from('world')]);
  await s3.putObject({ Bucket: 'streams', Key: 'a folder/é+k', Body, ContentLength: 11, Metadata: { colour: 'blue' } });
  const got = await s3.getObject({ Bucket: 'streams', Key: 'a folder/é+k' });
  expect(await got.Body!.transformToString()).toBe('hello world');
  expect(await s3.headObject({ Bucket: 'streams', Key: 'a folder/é+k' })).toMatchObject({
    ContentLength: 11,
    Metadata: { colour: 'blue' },
  });
  await expect(s3.headObject({ Bucket: 'streams', Key: 'none' })).rejects.toMatchObject({ name: 'NotFound' });
  expect((await s3.getBucketLocation({ Bucket: 'streams' })).LocationConstraint).toBe('eu-central-1');
});

test('a public object is there for strangers, by path and by host name, and a private one is not', async () => {
  const s3 = new S3(client());
  await s3.createBucket({ Bucket: 'open-house', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  await s3.putObject({ Bucket: 'open-house', Key: 'up', Body: 'yes' });
  const host = { host: 'open-house.s3.eu-west-1.amazonaws.com' };
  expect((await plainGet('/up', host)).status).toBe(403);
  await s3.putPublicAccessBlock({
    Bucket: 'open-house',
    PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false },
  });
  const Statement = [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::open-house/*' }];
  await s3.putBucketPolicy({ Bucket: 'open-house', Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  expect(await plainGet('/up', host)).toEqual({ status: 200, body: 'yes' });
  expect(await plainGet('/open-house/up')).toEqual({ status: 200, body: 'yes' });
});

test('a client that may follow a bucket to its region does', async () => {
  const s3 = new S3({ ...client('eu-west-1'), followRegionRedirects: true });
  await new S3(client('eu-central-1')).createBucket({
    Bucket: 'elsewhere',
    CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
  });
  await expect(s3.listObjectsV2({ Bucket: 'elsewhere' })).resolves.toMatchObject({ KeyCount: 0 });
});

test('a request without a signature is refused, but for S3', async () => {
  expect((await plainGet('/')).status).toBe(403);
});

test('what the twin does not have is 501 and named', async () => {
  const refused = await new STS(client())
    .decodeAuthorizationMessage({ EncodedMessage: 'x' })
    .catch((error: unknown) => error as Record<string, unknown>);
  expect(refused).toMatchObject({
    name: 'NotModelled',
    message: expect.stringContaining('sts.DecodeAuthorizationMessage'),
    $metadata: { httpStatusCode: 501 },
  });
});

test('a lost region never answers, and its loss is in the ledger', async () => {
  const before = (await ask('GET', 'calls')).body.length as number;
  expect((await ask('POST', 'faults', { name: 'region-outage', region: 'ap-southeast-2' })).status).toBe(200);
  const lost = await new STS(client('ap-southeast-2')).getCallerIdentity({}).catch((error: unknown) => error as Error);
  expect(lost).toMatchObject({ message: expect.stringContaining('socket hang up') });
  await expect(new STS(client()).getCallerIdentity({})).resolves.toMatchObject({ Account: '111122223333' });
  const calls = (await ask('GET', `calls?since=${before}`)).body as unknown as { region: string; error?: string }[];
  expect(calls.find(({ region }) => region === 'ap-southeast-2')).toMatchObject({
    operation: 'GetCallerIdentity',
    error: 'region-lost',
    principal: expect.stringMatching(/^arn:aws:iam::\d{12}:user\/twin$/) as unknown,
  });
});

test('faults are known with what they take, and those there were with their ends', async () => {
  const given = { name: 'throttling', region: 'us-west-2', forSeconds: 3600, with: { service: 'sts', rate: 1 } };
  expect((await ask('POST', 'faults', given)).status).toBe(200);
  await expect(new STS(client('us-west-2')).getCallerIdentity({})).rejects.toMatchObject({ name: 'Throttling' });
  const { known, injected } = (await ask('GET', 'faults')).body as { known: object[]; injected: object[] };
  expect(known).toContainEqual({
    name: 'throttling',
    description: expect.any(String),
    parameters: expect.objectContaining({ rate: expect.any(String) }),
  });
  expect(injected).toContainEqual({
    name: 'throttling',
    region: 'us-west-2',
    with: given.with,
    at: expect.any(Number),
    until: expect.any(Number),
    active: true,
  });
});

test.each([
  [{ name: 'throttling', region: 'us-west-2', with: 'rds' }, 400],
  [{ name: 'throttling', region: 'us-west-2', with: { moon: 1 } }, 400],
  [{ name: 'meteor', region: 'eu-west-1' }, 404],
  [{ name: 'region-outage' }, 400],
  [{ name: 'region-returns', region: 'us-west-2' }, 400],
])('the fault %j is refused with %d', async (fault, status) => {
  expect((await ask('POST', 'faults', fault)).status).toBe(status);
});

test("an image of this machine is pushed into a region's registry, as often as asked, where a repository of its name is", async () => {
  const [{ repository, digest }] = images as [Image];
  const image = `${repository}@${digest}`;
  const push = (pushed: string) => ask('POST', 'images', { image: pushed, region: 'eu-west-1' });
  const refused = {
    status: 400,
    body: { error: expect.stringContaining(`repository with name '${repository}' does not exist`) as unknown },
  };
  expect(await push(image)).toMatchObject(refused);
  const ecr = new ECR(client());
  await ecr.createRepository({ repositoryName: repository, imageTagMutability: 'IMMUTABLE' });
  for (const time of ['first', 'again']) expect({ time, ...(await push(image)) }).toMatchObject({ status: 200, body: { pushed: image } });
  const { imageIds } = await ecr.listImages({ repositoryName: repository });
  expect(imageIds).toEqual([{ imageDigest: digest, imageTag: digest.slice(7, 19) }]);
  const another = `${repository}@sha256:${'0'.repeat(64)}`;
  expect(await push(another)).toMatchObject({ status: 400, body: { error: `this machine has no image ${another}; it has ${image}` } });
});

test('the owner of the clock moves it, alone, and freezes it by vanishing', async () => {
  const first = await takeLease('a run');
  expect(await ask('POST', 'clock/lease', { owner: 'another' })).toMatchObject({ status: 409, body: { owner: 'a run' } });
  expect((await ask('POST', 'clock/sleep', { lease: first.lease, seconds: 90 })).body).toEqual({ now: first.now + 90_000 });
  expect((await ask('POST', 'clock/sleep', { lease: 'another', seconds: 90 })).status).toBe(409);
  first.end();
  for (let tries = 0; tries < 50 && (await ask('GET', 'clock')).body.owner !== undefined; tries++) await pass(10);
  expect((await ask('GET', 'clock')).body).toMatchObject({ now: first.now + 90_000, moves: 'not at all' });
  const second = await takeLease('its successor');
  expect((await ask('POST', 'clock/sleep', { lease: second.lease, until: first.now + 100_000 })).body).toEqual({
    now: first.now + 100_000,
  });
  expect((await ask('POST', 'clock/release', { lease: second.lease })).status).toBe(200);
  second.end();
});

test('the summary counts what there is, by account and region', async () => {
  await new S3(client()).createBucket({ Bucket: 'counted', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  const { body } = await ask('GET', 'summary');
  expect(body.resources).toMatchObject({ partition: { 's3.buckets': expect.any(Number) } });
  expect(body.services).toContainEqual({ id: 'sts', operations: expect.any(Number) });
});

test('altsite twin fault with an unknown name ends with 2 and lists the known ones', async () => {
  const printed: string[] = [];
  const writes = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => (printed.push(String(text)), true)),
  );
  const code = await twinCommand(['fault', 'meteor', '--twin', url(), '--json']).finally(() =>
    writes.forEach((write) => write.mockRestore()),
  );
  expect(code).toBe(2);
  expect(printed.join('')).toContain('region-outage');
});
