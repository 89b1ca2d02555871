import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Backup } from '@aws-sdk/client-backup';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECS } from '@aws-sdk/client-ecs';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { DBInstanceNotFoundFault, RDS } from '@aws-sdk/client-rds';
import { Route53 } from '@aws-sdk/client-route-53';
import { S3 } from '@aws-sdk/client-s3';
import { ResourceNotFoundException, SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { twinClock, type TwinClock } from '../../../recovery/adapters/twin-clock.js';
import { instant } from '../../../recovery/model/time.js';
import { modelDataplane } from '../../../twin/dataplane/model.js';
import { inProcessTwin } from '../../../twin/doors/in-process.js';
import { startTwin, type Twin } from '../../../twin/start.js';
import { accessKeyOf } from '../../../twin/wire/credential.js';

const startsAt = Date.parse('2030-01-01T02:00:00Z');
const base = (region = 'eu-west-1', account = '111122223333') => ({
  region,
  maxAttempts: 1,
  credentials: { accessKeyId: accessKeyOf(account), secretAccessKey: 'any' },
});
const inProcess = () => inProcessTwin({ seed: 7, startsAt });

let twin: Twin;
let clock: TwinClock;
beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'twin-'));
  const dataplane = Promise.resolve(modelDataplane());
  twin = await startTwin({ port: 0, speed: 0, seed: 7, startsAt, directory: () => directory, log: () => undefined, dataplane });
  clock = await twinClock(twin.description.url, 'test');
});
afterAll(async () => {
  await clock.release();
  await twin.stop();
});

interface Clients {
  readonly rds: RDS;
  readonly s3: S3;
  readonly ssm: SSM;
  readonly kms: KMS;
  readonly sts: STS;
  readonly iam: IAM;
  readonly ec2: EC2;
  readonly ecs: ECS;
  readonly route53: Route53;
  readonly backup: Backup;
  readonly alarms: CloudWatch;
  readonly logs: CloudWatchLogs;
  readonly secrets: SecretsManager;
}
const clients = (make: <C>(kind: new (config: never) => C) => C): Clients => ({
  rds: make(RDS),
  s3: make(S3),
  ssm: make(SSM),
  kms: make(KMS),
  sts: make(STS),
  iam: make(IAM),
  ec2: make(EC2),
  ecs: make(ECS),
  route53: make(Route53),
  backup: make(Backup),
  alarms: make(CloudWatch),
  logs: make(CloudWatchLogs),
  secrets: make(SecretsManager),
});

/** Calls in order: what each asks, and of what. Every service with a protocol of its own is there, with an answer and with an error. */
const walk: readonly [string, (on: Clients) => Promise<unknown>][] = [
  ['sts who', ({ sts }) => sts.getCallerIdentity({})],
  ['kms key', ({ kms }) => kms.createKey({ Description: 'data', Tags: [{ TagKey: 'a', TagValue: 'b' }] })],
  ['kms encrypt with no such key', ({ kms }) => kms.encrypt({ KeyId: 'alias/none', Plaintext: Buffer.from('x') })],
  ['ssm put', ({ ssm }) => ssm.putParameter({ Name: '/a/b', Value: 'v', Type: 'String', Description: undefined })],
  ['ssm get', ({ ssm }) => ssm.getParameter({ Name: '/a/b' })],
  ['ssm list', ({ ssm }) => ssm.getParametersByPath({ Path: '/a', Recursive: true })],
  ['ssm missing', ({ ssm }) => ssm.getParameter({ Name: '/none' })],
  ['secret without a value', ({ secrets }) => secrets.createSecret({ Name: 'empty', ClientRequestToken: 'a'.repeat(32) })],
  ['secret', ({ secrets }) => secrets.createSecret({ Name: 's', SecretString: '{"a":1}', ClientRequestToken: 'b'.repeat(32) })],
  ['secret value', ({ secrets }) => secrets.getSecretValue({ SecretId: 's' })],
  ['secret missing', ({ secrets }) => secrets.getSecretValue({ SecretId: 'none' })],
  ['bucket', ({ s3 }) => s3.createBucket({ Bucket: 'b-1' })],
  ['bucket again', ({ s3 }) => s3.createBucket({ Bucket: 'b-1' })],
  ['object', ({ s3 }) => s3.putObject({ Bucket: 'b-1', Key: 'k/1', Body: 'text', Metadata: { Owner: 'me' }, ContentType: 'text/plain' })],
  ['object only if new', ({ s3 }) => s3.putObject({ Bucket: 'b-1', Key: 'k/1', Body: 'other', IfNoneMatch: '*' })],
  ['object head', ({ s3 }) => s3.headObject({ Bucket: 'b-1', Key: 'k/1' })],
  ['object head missing', ({ s3 }) => s3.headObject({ Bucket: 'b-1', Key: 'none' })],
  ['object missing', ({ s3 }) => s3.getObject({ Bucket: 'b-1', Key: 'none' })],
  ['objects', ({ s3 }) => s3.listObjectsV2({ Bucket: 'b-1' })],
  ['objects of a bucket that is not', ({ s3 }) => s3.listObjectsV2({ Bucket: 'none' })],
  ['role', ({ iam }) => iam.createRole({ RoleName: 'r', AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}' })],
  ['role missing', ({ iam }) => iam.getRole({ RoleName: 'none' })],
  ['vpc', ({ ec2 }) => ec2.createVpc({ CidrBlock: '10.0.0.0/16' })],
  ['vpcs', ({ ec2 }) => ec2.describeVpcs({})],
  ['vpc missing', ({ ec2 }) => ec2.describeVpcs({ VpcIds: ['vpc-00000000'] })],
  ['vault', ({ backup }) => backup.createBackupVault({ BackupVaultName: 'v' })],
  ['vault again', ({ backup }) => backup.createBackupVault({ BackupVaultName: 'v' })],
  ['vaults', ({ backup }) => backup.listBackupVaults({})],
  ['backup of nothing', ({ backup }) => backup.startBackupJob({ BackupVaultName: 'none', ResourceArn: 'arn:aws:rds:eu-west-1:111122223333:db:none', IamRoleArn: 'arn:aws:iam::111122223333:role/r' })],
  ['cluster', ({ ecs }) => ecs.createCluster({ clusterName: 'c' })],
  ['service missing', ({ ecs }) => ecs.describeServices({ cluster: 'c', services: ['none'] })],
  ['service of a cluster that is not', ({ ecs }) => ecs.describeServices({ cluster: 'none', services: ['none'] })],
  ['zone', ({ route53 }) => route53.createHostedZone({ Name: 'example.com', CallerReference: '1' })],
  ['zones', ({ route53 }) => route53.listHostedZones({})],
  ['zone missing', ({ route53 }) => route53.getHostedZone({ Id: 'Z000' })],
  ['alarm', ({ alarms }) => alarms.putMetricAlarm({ AlarmName: 'a', Namespace: 'n', MetricName: 'm', Statistic: 'Maximum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' })],
  ['alarms', ({ alarms }) => alarms.describeAlarms({})],
  ['alarm missing', ({ alarms }) => alarms.setAlarmState({ AlarmName: 'none', StateValue: 'OK', StateReason: 'r' })],
  ['log group', ({ logs }) => logs.createLogGroup({ logGroupName: 'g' })],
  ['log group again', ({ logs }) => logs.createLogGroup({ logGroupName: 'g' })],
  ['log groups', ({ logs }) => logs.describeLogGroups({})],
  ['parameter group', ({ rds }) => rds.createDBParameterGroup({ DBParameterGroupName: 'p', DBParameterGroupFamily: 'postgres16', Description: 'd' })],
  ['database refused', ({ rds }) => rds.createDBInstance({ DBInstanceIdentifier: '1', DBInstanceClass: 'db.t4g.micro', Engine: 'postgres' })],
  ['databases', ({ rds }) => rds.describeDBInstances({})],
  ['database missing', ({ rds }) => rds.describeDBInstances({ DBInstanceIdentifier: 'none' })],
  ['operation that is not modelled', ({ rds }) => rds.describeReservedDBInstances({})],
]; // prettier-ignore

/** What a client has in hand afterwards, without what differs from call to call. */
const seen = async (call: Promise<unknown>): Promise<unknown> => {
  const result = await call.catch((error: unknown) => error);
  const { $metadata, ...members } = result as { $metadata: Record<string, unknown> };
  const { requestId, extendedRequestId: _extended, cfId: _cf, ...metadata } = $metadata;
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  for (const name of ['RequestId', 'HostId', 'requestId']) delete (members as Record<string, unknown>)[name];
  if (!(result instanceof Error)) return { metadata, members };
  return { metadata, kind: result.constructor.name, name: result.name, message: result.message, members };
};

test('answers and errors are what they are over HTTP', async () => {
  const local = inProcess();
  const near = clients((Kind) => {
    const made = new Kind(base() as never);
    local.attach(made as never);
    return made;
  });
  const checksums = { requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' };
  const far = clients((Kind) => new Kind({ ...base(), endpoint: twin.description.url, forcePathStyle: true, ...checksums } as never));
  for (const [what, call] of walk)
    expect({ what, ...((await seen(call(near))) as object) }).toEqual({ what, ...((await seen(call(far))) as object) });
  await local.sleepUntil(startsAt + 3_600_000);
  await clock.sleepUntil(instant(startsAt + 3_600_000));
  expect(await seen(near.rds.describeDBInstances({}))).toEqual(await seen(far.rds.describeDBInstances({})));
});

const attached = <C>(twin: ReturnType<typeof inProcess>, Kind: new (config: never) => C, config: object = {}): C => {
  const client = new Kind({ ...base(), ...config } as never);
  twin.attach(client as never);
  return client;
};

test('exceptions are of the classes that the SDK exports, and carry the status', async () => {
  const local = inProcess();
  const missing = attached(local, RDS).describeDBInstances({ DBInstanceIdentifier: 'none' });
  await expect(missing).rejects.toBeInstanceOf(DBInstanceNotFoundFault);
  await expect(missing).rejects.toMatchObject({ name: 'DBInstanceNotFoundFault', $fault: 'client', $metadata: { httpStatusCode: 404 } });
  const none = attached(local, SecretsManager).getSecretValue({ SecretId: 'none' });
  await expect(none).rejects.toBeInstanceOf(ResourceNotFoundException);
});

test('an object comes as a stream with the helpers of the SDK', async () => {
  const s3 = attached(inProcess(), S3);
  await s3.createBucket({ Bucket: 'b-1' });
  await s3.putObject({ Bucket: 'b-1', Key: 'k', Body: Readable.from(['some ', 'text']) });
  expect(await (await s3.getObject({ Bucket: 'b-1', Key: 'k' })).Body!.transformToString()).toBe('some text');
  await s3.putObject({ Bucket: 'b-1', Key: 'empty' });
  expect(await (await s3.getObject({ Bucket: 'b-1', Key: 'empty' })).Body!.transformToByteArray()).toHaveLength(0);
});

test('region, account and role are the client’s', async () => {
  const local = inProcess();
  await attached(local, SSM, base('eu-central-1', '444455556666')).putParameter({ Name: 'p', Value: 'v', Type: 'String' });
  await expect(attached(local, SSM).getParameter({ Name: 'p' })).rejects.toMatchObject({ name: 'ParameterNotFound' });
  expect(local.ledger.since()).toMatchObject([{ account: '444455556666', region: 'eu-central-1', via: 'client' }, {}]);
  await attached(local, IAM).createRole({ RoleName: 'r', AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}' });
  const assumed = await attached(local, STS).assumeRole({ RoleArn: 'arn:aws:iam::111122223333:role/r', RoleSessionName: 'me' });
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = assumed.Credentials!;
  const credentials = { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey!, sessionToken: sessionToken! };
  expect((await attached(local, STS, { credentials }).getCallerIdentity({})).Arn).toMatch(/:assumed-role\/r\/me$/);
  const stranger = attached(local, STS, { credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'any' } });
  await expect(stranger.getCallerIdentity({})).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
});

test('a lost region is a broken connection, tried again as often as the client is told to', async () => {
  const local = inProcess();
  await local.inject('region-outage', { region: 'eu-west-1' });
  const lost = attached(local, RDS, { maxAttempts: 3 }).describeDBInstances({});
  await expect(lost).rejects.toMatchObject({ code: 'ECONNRESET', message: 'socket hang up', $metadata: { attempts: 3 } });
  expect(local.ledger.since().map(({ error }) => error)).toEqual(['region-lost', 'region-lost', 'region-lost']);
  await expect(attached(local, RDS, { region: 'eu-central-1' }).describeDBInstances({})).resolves.toMatchObject({ DBInstances: [] });
});

test('what a client holds is its own: the world does not change by it, nor it by the world', async () => {
  const kms = attached(inProcess(), KMS);
  const { KeyMetadata: key } = await kms.createKey({});
  await kms.disableKey({ KeyId: key!.KeyId });
  expect(key!.KeyState).toBe('Enabled');
  key!.KeyState = 'PendingDeletion';
  expect((await kms.describeKey({ KeyId: key!.KeyId })).KeyMetadata!.KeyState).toBe('Disabled');
});

test('the same seed makes the same ids', async () => {
  const ids = async () => (await attached(inProcess(), SecretsManager).createSecret({ Name: 's', SecretString: 'v' })).ARN;
  expect(await ids()).toBe(await ids());
});
