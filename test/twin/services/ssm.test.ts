import { expect, test } from '@jest/globals';
import { kms } from '../../../twin/services/kms/index.js';
import { ssm } from '../../../twin/services/ssm/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const begin = () => serviceWorld([ssm, kms]);
const put = (Name: string, Value: string, more: object = {}) => ['ssm', 'PutParameter', { Name, Value, Type: 'String', ...more }] as const;

test('a parameter is read back in its own region and nowhere else', async () => {
  const { call } = begin();
  await call(...put('/app/endpoint', 'db-1'));
  expect(await call('ssm', 'GetParameter', { Name: '/app/endpoint' })).toMatchObject({
    Parameter: { Value: 'db-1', Version: 1, ARN: 'arn:aws:ssm:eu-west-1:111122223333:parameter/app/endpoint' },
  });
  await expect(call('ssm', 'GetParameter', { Name: '/app/endpoint' }, 'eu-central-1')).rejects.toMatchObject({ code: 'ParameterNotFound' });
});

test('a parameter is overwritten only when asked, and keeps its versions', async () => {
  const { call } = begin();
  await call(...put('/a', 'one'));
  await expect(call(...put('/a', 'two'))).rejects.toMatchObject({ code: 'ParameterAlreadyExists' });
  expect(await call('ssm', 'PutParameter', { Name: '/a', Value: 'two', Overwrite: true })).toMatchObject({ Version: 2 });
  expect(await call('ssm', 'GetParameter', { Name: '/a:1' })).toMatchObject({ Parameter: { Value: 'one', Selector: ':1' } });
  await expect(call('ssm', 'GetParameter', { Name: '/a:7' })).rejects.toMatchObject({ code: 'ParameterVersionNotFound' });
});

test('names that AWS keeps to itself, and values that are none, are refused', async () => {
  const { call } = begin();
  await expect(call(...put('/aws/mine', 'x'))).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await expect(call(...put('/empty', ''))).rejects.toMatchObject({
    code: 'ValidationException',
    message: expect.stringContaining("at 'value'"),
  });
  await expect(call(...put('ssm-mine', 'x'))).rejects.toMatchObject({ code: 'ValidationException' });
  await expect(call('ssm', 'GetParameter', { Name: '/aws/service/some-image' })).rejects.toMatchObject({ code: 'NotModelled' });
});

test('several parameters are read at once and the missing ones named', async () => {
  const { call } = begin();
  await call(...put('/a', 'one'));
  expect(await call('ssm', 'GetParameters', { Names: ['/a', '/b', '/a:9'] })).toMatchObject({
    Parameters: [{ Name: '/a' }],
    InvalidParameters: ['/b', '/a:9'],
  });
});

test('a path lists its own level, or all levels, in pages', async () => {
  const { call } = begin();
  for (const name of ['/app/a', '/app/b', '/app/deep/c', '/application']) await call(...put(name, 'x'));
  const names = async (input: object) => {
    const { Parameters, NextToken } = await call<{ Parameters: { Name: string }[]; NextToken?: string }>(
      'ssm',
      'GetParametersByPath',
      input,
    );
    return [Parameters.map(({ Name }) => Name), NextToken] as const;
  };
  expect((await names({ Path: '/app' }))[0]).toEqual(['/app/a', '/app/b']);
  const [first, token] = await names({ Path: '/app/', Recursive: true, MaxResults: 2 });
  const [second, end] = await names({ Path: '/app/', Recursive: true, MaxResults: 2, NextToken: token });
  expect([...first, ...second]).toEqual(['/app/a', '/app/b', '/app/deep/c']);
  expect(end).toBeUndefined();
});

test('a secure string shows its text only when decryption is asked for', async () => {
  const { call } = begin();
  await call(...put('/secret', 'plain', { Type: 'SecureString' }));
  expect(await call('ssm', 'GetParameter', { Name: '/secret', WithDecryption: true })).toMatchObject({ Parameter: { Value: 'plain' } });
  expect(JSON.stringify(await call('ssm', 'GetParameter', { Name: '/secret' }))).not.toContain('plain');
});

test('a secure string under a key of ours cannot be read once the key is disabled', async () => {
  const { call } = begin();
  const { KeyMetadata } = await call<{ KeyMetadata: { KeyId: string } }>('kms', 'CreateKey');
  await call(...put('/secret', 'plain', { Type: 'SecureString', KeyId: KeyMetadata.KeyId }));
  const read = (WithDecryption: boolean) => call('ssm', 'GetParameter', { Name: '/secret', WithDecryption });
  expect(await read(true)).toMatchObject({ Parameter: { Value: 'plain' } });
  expect(JSON.stringify(await read(false))).not.toContain('plain');
  await call('kms', 'DisableKey', { KeyId: KeyMetadata.KeyId });
  await expect(read(true)).rejects.toMatchObject({ code: 'InvalidKeyId' });
  await expect(call(...put('/other', 'x', { Type: 'SecureString', KeyId: 'alias/none' }))).rejects.toMatchObject({ code: 'InvalidKeyId' });
});

test('descriptions are filtered, and an unknown filter is refused', async () => {
  const { call } = begin();
  await call(...put('/app/a', 'x', { Tags: [{ Key: 'site', Value: 'dublin' }] }));
  await call(...put('/other', 'x'));
  const described = (Key: string, Option: string | undefined, value: string) =>
    call('ssm', 'DescribeParameters', { ParameterFilters: [{ Key, Option, Values: [value] }] });
  expect(await described('Name', 'BeginsWith', '/app')).toMatchObject({ Parameters: [{ Name: '/app/a' }] });
  expect(await described('tag:site', undefined, 'dublin')).toMatchObject({ Parameters: [{ Name: '/app/a' }] });
  await expect(described('Colour', undefined, 'red')).rejects.toMatchObject({ code: 'InvalidFilterKey' });
});

test('CloudFormation makes, changes and deletes a parameter', async () => {
  const { call, ctx } = begin();
  const type = resourceTypeOf(ssm, 'AWS::SSM::Parameter');
  const first = { Type: 'String', Name: '/facts', Value: 'one', Tags: { site: 'dublin' } };
  expect(await type.create(first, ctx(), resourceNames())).toEqual({ physicalId: '/facts', attributes: { Type: 'String', Value: 'one' } });
  await type.update!('/facts', { Type: 'String', Name: '/facts', Value: 'two' }, first, ctx(), resourceNames());
  expect(await call('ssm', 'GetParameter', { Name: '/facts' })).toMatchObject({ Parameter: { Value: 'two', Version: 2 } });
  expect(await call('ssm', 'ListTagsForResource', { ResourceType: 'Parameter', ResourceId: '/facts' })).toMatchObject({ TagList: [] });
  await type.delete('/facts', first, ctx());
  await expect(call('ssm', 'GetParameter', { Name: '/facts' })).rejects.toMatchObject({ code: 'ParameterNotFound' });
  await expect(type.create({ ...first, Type: 'SecureString' }, ctx(), resourceNames())).rejects.toMatchObject({ code: 'ValidationError' });
});
