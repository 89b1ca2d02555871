import { expect, test } from '@jest/globals';
import type { DescribeSecretResponse, GetSecretValueResponse } from '@aws-sdk/client-secrets-manager';
import { databaseWorld } from '../../helpers/database-world.js';

const days = 86_400;
const begin = async () => {
  const world = await databaseWorld();
  const { call } = world;
  const { ARN } = await call<{ ARN: string }>('secrets-manager', 'CreateSecret', { Name: 'database', SecretString: 'first' });
  return {
    ...world,
    arn: ARN,
    value: (SecretId: string, more: object = {}) =>
      call<GetSecretValueResponse>('secrets-manager', 'GetSecretValue', { SecretId, ...more }),
    describe: (SecretId: string) => call<DescribeSecretResponse>('secrets-manager', 'DescribeSecret', { SecretId }),
  };
};

test('a secret is found by name, ARN and ARN without its suffix', async () => {
  const { arn, value } = await begin();
  expect(arn).toMatch(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:database-[A-Za-z0-9]{6}$/);
  for (const id of ['database', arn, arn.slice(0, -7)])
    expect(await value(id)).toMatchObject({ SecretString: 'first', VersionStages: ['AWSCURRENT'] });
  await expect(value('another')).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  });
});

test('a new value becomes current and the one before stays as previous', async () => {
  const { call, value, describe } = await begin();
  for (const SecretString of ['second', 'third']) await call('secrets-manager', 'PutSecretValue', { SecretId: 'database', SecretString });
  expect(await value('database')).toMatchObject({ SecretString: 'third' });
  expect(await value('database', { VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'second' });
  expect(Object.values((await describe('database')).VersionIdsToStages!).sort()).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']]);
});

test('a token names a version: the same value again is the same request, another is refused', async () => {
  const { call, value } = await begin();
  const put = (SecretString: string) =>
    call('secrets-manager', 'PutSecretValue', { SecretId: 'database', SecretString, ClientRequestToken: 'version-2' });
  expect(await put('second')).toEqual(await put('second'));
  await expect(put('other')).rejects.toMatchObject({ code: 'ResourceExistsException' });
  expect(await value('database', { VersionId: 'version-2' })).toMatchObject({ SecretString: 'second' });
});

test('a deleted secret can be restored within its window; its name is free only afterwards', async () => {
  const { call, pass, value } = await begin();
  const remove = () => call('secrets-manager', 'DeleteSecret', { SecretId: 'database', RecoveryWindowInDays: 7 });
  const create = () => call('secrets-manager', 'CreateSecret', { Name: 'database', SecretString: 'other' });
  await remove();
  await expect(value('database')).rejects.toMatchObject({ code: 'InvalidRequestException' });
  await expect(create()).rejects.toMatchObject({ message: expect.stringContaining('already scheduled for deletion') });
  await call('secrets-manager', 'RestoreSecret', { SecretId: 'database' });
  await pass(8 * days);
  expect(await value('database')).toMatchObject({ SecretString: 'first' });
  await remove();
  await pass(8 * days);
  await create();
  expect(await value('database')).toMatchObject({ SecretString: 'other' });
});

test('a secret needs its key: none is written or read while that is disabled', async () => {
  const { call, value } = await begin();
  const { KeyMetadata } = await call<{ KeyMetadata: { KeyId: string } }>('kms', 'CreateKey');
  await expect(call('secrets-manager', 'CreateSecret', { Name: 'no-key', KmsKeyId: 'alias/nothing' })).rejects.toMatchObject({
    code: 'InvalidRequestException',
  });
  await call('secrets-manager', 'CreateSecret', { Name: 'own-key', SecretString: 'x', KmsKeyId: KeyMetadata.KeyId });
  expect(await value('own-key')).toMatchObject({ SecretString: 'x' });
  await call('kms', 'DisableKey', { KeyId: KeyMetadata.KeyId });
  await expect(value('own-key')).rejects.toMatchObject({ code: 'InvalidRequestException', message: expect.stringContaining('Disabled') });
});

test('a random password has every kind of character, leaves out what is excluded and is another each time', async () => {
  const { call } = await begin();
  const password = async (more: object = {}) =>
    (await call<{ RandomPassword: string }>('secrets-manager', 'GetRandomPassword', more)).RandomPassword;
  const first = await password();
  expect(first).toHaveLength(32);
  for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/]) expect(first).toMatch(kind);
  expect(await password()).not.toBe(first);
  expect(await password({ PasswordLength: 200, ExcludePunctuation: true, ExcludeCharacters: 'abc123' })).toMatch(/^[d-zA-Z04-9]{200}$/);
});

test('secrets are listed by name prefix, without those that wait for deletion', async () => {
  const { call } = await begin();
  await call('secrets-manager', 'CreateSecret', { Name: 'other' });
  await call('secrets-manager', 'CreateSecret', { Name: 'datastore' });
  await call('secrets-manager', 'DeleteSecret', { SecretId: 'datastore' });
  const list = async (input: object) =>
    (await call<{ SecretList: { Name: string }[] }>('secrets-manager', 'ListSecrets', input)).SecretList.map(({ Name }) => Name);
  expect(await list({ Filters: [{ Key: 'name', Values: ['data'] }] })).toEqual(['database']);
  expect(await list({ IncludePlannedDeletion: true })).toEqual(['database', 'other', 'datastore']);
});

test('a stack generates a secret from a template, and keeps it while the generator is unchanged', async () => {
  const { ctx, type, names, value } = await begin();
  const secret = type('AWS::SecretsManager::Secret');
  const GenerateSecretString = {
    SecretStringTemplate: '{"username":"owner"}',
    GenerateStringKey: 'password',
    ExcludeCharacters: '"@/\\ ',
    PasswordLength: '40',
  };
  const { physicalId } = await secret.create({ Name: 'login', GenerateSecretString }, ctx(), names);
  const login = JSON.parse((await value(physicalId)).SecretString!) as { username: string; password: string };
  expect(login).toEqual({ username: 'owner', password: expect.stringMatching(/^[^"@/\\ ]{40}$/) });
  const properties = { Name: 'login', GenerateSecretString };
  await secret.update!(physicalId, { ...properties, Description: 'said' }, properties, ctx(), names);
  expect(JSON.parse((await value(physicalId)).SecretString!)).toEqual(login);
  const other = { ...GenerateSecretString, PasswordLength: '20' };
  await secret.update!(physicalId, { Name: 'login', GenerateSecretString: other }, properties, ctx(), names);
  expect(JSON.parse((await value(physicalId)).SecretString!)).not.toEqual(login);
});

test('an attachment writes where the database is into its secret', async () => {
  const world = await begin();
  const { Endpoint } = await world.database('orders', { DBName: 'shop' });
  await world.call('secrets-manager', 'PutSecretValue', {
    SecretId: 'database',
    SecretString: '{"username":"owner","password":"first-password"}',
  });
  const attachment = { SecretId: world.arn, TargetId: 'orders', TargetType: 'AWS::RDS::DBInstance' };
  const { physicalId } = await world.type('AWS::SecretsManager::SecretTargetAttachment').create(attachment, world.ctx(), world.names);
  expect(physicalId).toBe(world.arn);
  expect(JSON.parse((await world.value('database')).SecretString!)).toEqual({
    username: 'owner',
    password: 'first-password',
    engine: 'postgres',
    host: Endpoint!.Address,
    port: 5432,
    dbname: 'shop',
    dbInstanceIdentifier: 'orders',
  });
});
