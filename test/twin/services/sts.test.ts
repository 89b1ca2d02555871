import { expect, test } from '@jest/globals';
import type { Credentials } from '@aws-sdk/client-sts';
import { iam } from '../../../twin/services/iam/index.js';
import { sts } from '../../../twin/services/sts/index.js';
import { principalOfSessionToken } from '../../../twin/services/sts/session-token.js';
import { serviceWorld } from '../../helpers/service-world.js';

const trust = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] });
const arn = 'arn:aws:iam::111122223333:role/deployer';
const begin = async () => {
  const world = serviceWorld([sts, iam]);
  await world.call('iam', 'CreateRole', { RoleName: 'deployer', AssumeRolePolicyDocument: trust });
  return world;
};
const assume = { RoleArn: arn, RoleSessionName: 'a-session' };

test('a caller is told its account and ARN', async () => {
  const { call } = await begin();
  expect(await call('sts', 'GetCallerIdentity')).toMatchObject({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/test' });
});

test('an assumed role gives credentials from which account and principal can be read', async () => {
  const { call, world } = await begin();
  const { Credentials: given } = await call<{ Credentials: Credentials }>('sts', 'AssumeRole', assume);
  expect(given.AccessKeyId).toBe('ASIA111122223333TWIN');
  expect(given.Expiration!.getTime()).toBe(world.now() + 3_600_000);
  expect(principalOfSessionToken(given.SessionToken!)).toBe('arn:aws:sts::111122223333:assumed-role/deployer/a-session');
});

test('a role that does not exist cannot be assumed', async () => {
  const { call } = await begin();
  await expect(call('sts', 'AssumeRole', { ...assume, RoleArn: `${arn}-2` })).rejects.toMatchObject({ code: 'AccessDenied' });
});

test('a session may not outlast what the role allows', async () => {
  const { call } = await begin();
  await expect(call('sts', 'AssumeRole', { ...assume, DurationSeconds: 7200 })).rejects.toMatchObject({ code: 'ValidationError' });
  await expect(call('sts', 'AssumeRole', { ...assume, DurationSeconds: 60 })).rejects.toMatchObject({ code: 'ValidationError' });
});

test('roles can still be assumed when the control plane of IAM is lost, but not made', async () => {
  const { call, world } = await begin();
  await world.loseRegion('us-east-1');
  await expect(call('sts', 'AssumeRole', assume)).resolves.toBeDefined();
  await expect(call('iam', 'CreateRole', { RoleName: 'late', AssumeRolePolicyDocument: trust })).rejects.toThrow('us-east-1 is lost');
});

test('what AssumeRole cannot honour is refused', async () => {
  const { call } = await begin();
  await expect(call('sts', 'AssumeRole', { ...assume, SerialNumber: 'x' })).rejects.toMatchObject({ code: 'NotModelled' });
});
