import { expect, test } from '@jest/globals';
import type { Role } from '@aws-sdk/client-iam';
import { iam } from '../../../twin/services/iam/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const policy = (action: string) => JSON.stringify({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const awsManaged = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const begin = () => serviceWorld([iam]);
const withRole = async () => {
  const world = begin();
  await world.call('iam', 'CreateRole', { RoleName: 'web', Path: '/app/', AssumeRolePolicyDocument: JSON.stringify(trust) });
  return world;
};

test('a role is found with its ARN and URL-encoded trust policy from every region', async () => {
  const { call } = await withRole();
  const { Role: role } = await call<{ Role: Role }>('iam', 'GetRole', { RoleName: 'web' }, 'eu-central-1');
  expect(role.Arn).toBe('arn:aws:iam::111122223333:role/app/web');
  expect(role.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/);
  expect(JSON.parse(decodeURIComponent(role.AssumeRolePolicyDocument!))).toEqual(trust);
});

test('a role name is taken once', async () => {
  const { call } = await withRole();
  const again = call('iam', 'CreateRole', { RoleName: 'web', AssumeRolePolicyDocument: JSON.stringify(trust) });
  await expect(again).rejects.toMatchObject({ code: 'EntityAlreadyExistsException', message: 'Role with name web already exists.' });
});

test('a role with policies cannot be deleted', async () => {
  const { call } = await withRole();
  await call('iam', 'AttachRolePolicy', { RoleName: 'web', PolicyArn: awsManaged });
  await expect(call('iam', 'DeleteRole', { RoleName: 'web' })).rejects.toMatchObject({ code: 'DeleteConflictException' });
  await call('iam', 'DetachRolePolicy', { RoleName: 'web', PolicyArn: awsManaged });
  await call('iam', 'PutRolePolicy', { RoleName: 'web', PolicyName: 'inline', PolicyDocument: policy('s3:*') });
  await expect(call('iam', 'DeleteRole', { RoleName: 'web' })).rejects.toMatchObject({ code: 'DeleteConflictException' });
  await call('iam', 'DeleteRolePolicy', { RoleName: 'web', PolicyName: 'inline' });
  await call('iam', 'DeleteRole', { RoleName: 'web' });
  await expect(call('iam', 'GetRole', { RoleName: 'web' })).rejects.toMatchObject({ code: 'NoSuchEntityException' });
});

test('a customer managed policy must exist to be attached', async () => {
  const { call } = await withRole();
  const PolicyArn = 'arn:aws:iam::111122223333:policy/absent';
  await expect(call('iam', 'AttachRolePolicy', { RoleName: 'web', PolicyArn })).rejects.toMatchObject({ code: 'NoSuchEntityException' });
});

test('a policy document that is not a policy is refused', async () => {
  const { call } = await withRole();
  const put = (PolicyDocument: string) => call('iam', 'PutRolePolicy', { RoleName: 'web', PolicyName: 'p', PolicyDocument });
  await expect(put('not json')).rejects.toMatchObject({ code: 'MalformedPolicyDocumentException' });
  await expect(put('{}')).rejects.toMatchObject({ code: 'MalformedPolicyDocumentException' });
});

test('a managed policy keeps five versions and one default', async () => {
  const { call } = begin();
  const { Policy } = await call<{ Policy: { Arn: string } }>('iam', 'CreatePolicy', { PolicyName: 'p', PolicyDocument: policy('a:b') });
  const add = () => call('iam', 'CreatePolicyVersion', { PolicyArn: Policy.Arn, PolicyDocument: policy('c:d'), SetAsDefault: true });
  for (let i = 0; i < 4; i++) await add();
  await expect(add()).rejects.toMatchObject({ code: 'LimitExceededException' });
  expect(await call('iam', 'GetPolicy', { PolicyArn: Policy.Arn })).toMatchObject({ Policy: { DefaultVersionId: 'v5' } });
  await expect(call('iam', 'DeletePolicyVersion', { PolicyArn: Policy.Arn, VersionId: 'v5' })).rejects.toMatchObject({
    code: 'DeleteConflictException',
  });
});

test('a service-linked role has the name and path AWS gives it, once', async () => {
  const { call } = begin();
  const created = await call('iam', 'CreateServiceLinkedRole', { AWSServiceName: 'ecs.amazonaws.com' });
  expect(created).toMatchObject({ Role: { RoleName: 'AWSServiceRoleForECS', Path: '/aws-service-role/ecs.amazonaws.com/' } });
  await expect(call('iam', 'CreateServiceLinkedRole', { AWSServiceName: 'ecs.amazonaws.com' })).rejects.toMatchObject({
    code: 'InvalidInputException',
  });
  await expect(call('iam', 'CreateServiceLinkedRole', { AWSServiceName: 'unknown.amazonaws.com' })).rejects.toMatchObject({
    code: 'NotModelled',
  });
});

test('CloudFormation makes a role with its policies, changes them and deletes it whole', async () => {
  const { call, ctx } = begin();
  const role = resourceTypeOf(iam, 'AWS::IAM::Role');
  const first = {
    AssumeRolePolicyDocument: trust,
    ManagedPolicyArns: [awsManaged],
    Policies: [{ PolicyName: 'one', PolicyDocument: JSON.parse(policy('a:b')) as object }],
  };
  const { physicalId, attributes } = await role.create(first, ctx(), resourceNames('Role'));
  expect(attributes).toMatchObject({ Arn: `arn:aws:iam::111122223333:role/${physicalId}` });
  await role.update!(physicalId, { AssumeRolePolicyDocument: trust, Policies: [] }, first, ctx(), resourceNames());
  expect(await call('iam', 'ListRolePolicies', { RoleName: physicalId })).toMatchObject({ PolicyNames: [] });
  expect(await call('iam', 'ListAttachedRolePolicies', { RoleName: physicalId })).toMatchObject({ AttachedPolicies: [] });
  await call('iam', 'AttachRolePolicy', { RoleName: physicalId, PolicyArn: awsManaged });
  await role.delete(physicalId, {}, ctx());
  await expect(call('iam', 'GetRole', { RoleName: physicalId })).rejects.toMatchObject({ code: 'NoSuchEntityException' });
});

test('a role that CloudFormation could not finish is not left behind', async () => {
  const { call, ctx } = begin();
  const wanted = { AssumeRolePolicyDocument: trust, ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/absent'] };
  await expect(resourceTypeOf(iam, 'AWS::IAM::Role').create(wanted, ctx(), resourceNames())).rejects.toMatchObject({
    code: 'NoSuchEntityException',
  });
  expect(await call('iam', 'ListRoles')).toMatchObject({ Roles: [] });
});

test('a role with a property that is not modelled fails by name', async () => {
  const { ctx } = begin();
  const wanted = { AssumeRolePolicyDocument: trust, Surprise: true };
  await expect(resourceTypeOf(iam, 'AWS::IAM::Role').create(wanted, ctx(), resourceNames())).rejects.toThrow(
    'AWS::IAM::Role with Surprise',
  );
});
