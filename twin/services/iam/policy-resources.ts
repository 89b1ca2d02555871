import type { InstanceProfile, Policy, PolicyVersion, Role } from '@aws-sdk/client-iam';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { documentText, unlessGone } from './role-resource.js';

const rolesIn = (properties: ResourceProperties): string[] => (properties.Roles ?? []) as string[];

const readInline = (properties: ResourceProperties): { name: string; document: string; roles: string[] } => {
  acceptProperties('AWS::IAM::Policy', properties, ['PolicyName', 'PolicyDocument', 'Roles']);
  const roles = rolesIn(properties);
  if (roles.length === 0) {
    throw new AwsError('ValidationError', 'At least one of [Groups,Roles,Users] must be non-empty.', { status: 400 });
  }
  return { name: String(properties.PolicyName), document: documentText(properties.PolicyDocument), roles };
};
const putInline = async (ctx: Context, properties: ResourceProperties): Promise<void> => {
  const { name, document, roles } = readInline(properties);
  for (const RoleName of roles) await ctx.call('iam', 'PutRolePolicy', { RoleName, PolicyName: name, PolicyDocument: document });
};
const deleteInline = async (ctx: Context, properties: ResourceProperties, keep: readonly string[] = []): Promise<void> => {
  for (const RoleName of rolesIn(properties)) {
    if (!keep.includes(RoleName)) await unlessGone(ctx.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName: properties.PolicyName }));
  }
};

/** An inline policy of existing roles; groups and users are refused. */
export const inlinePolicyResource: ResourceType = {
  type: 'AWS::IAM::Policy',
  replacedOn: [],
  create: async (properties, ctx, names) => {
    await putInline(ctx, properties);
    return { physicalId: names.generated(128) };
  },
  update: async (physicalId, properties, previous, ctx) => {
    await putInline(ctx, properties);
    await deleteInline(ctx, previous, properties.PolicyName === previous.PolicyName ? rolesIn(properties) : []);
    return { physicalId };
  },
  delete: (_physicalId, properties, ctx) => deleteInline(ctx, properties),
};

const attach = async (
  ctx: Context,
  PolicyArn: string,
  properties: ResourceProperties,
  previous: ResourceProperties = {},
): Promise<void> => {
  for (const RoleName of rolesIn(properties)) await ctx.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
  for (const RoleName of rolesIn(previous)) {
    if (!rolesIn(properties).includes(RoleName)) await unlessGone(ctx.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn }));
  }
};
/** Every version but the default, oldest last. */
const oldVersions = async (ctx: Context, PolicyArn: string): Promise<PolicyVersion[]> => {
  const { Versions } = await ctx.call<{ Versions: PolicyVersion[] }>('iam', 'ListPolicyVersions', { PolicyArn });
  return Versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion);
};

export const managedPolicyResource: ResourceType = {
  type: 'AWS::IAM::ManagedPolicy',
  replacedOn: ['ManagedPolicyName', 'Path', 'Description'],
  create: async (properties, ctx, names) => {
    acceptProperties('AWS::IAM::ManagedPolicy', properties, [
      'ManagedPolicyName',
      'Path',
      'Description',
      'PolicyDocument',
      'Roles',
      'Tags',
    ]);
    const { Policy } = await ctx.call<{ Policy: Policy & { Arn: string } }>('iam', 'CreatePolicy', {
      PolicyName: properties.ManagedPolicyName ?? names.generated(128),
      Path: properties.Path,
      Description: properties.Description,
      PolicyDocument: documentText(properties.PolicyDocument),
      Tags: properties.Tags,
    });
    await attach(ctx, Policy.Arn, properties);
    return { physicalId: Policy.Arn, attributes: { PolicyArn: Policy.Arn, PolicyId: Policy.PolicyId } };
  },
  update: async (PolicyArn, properties, previous, ctx) => {
    acceptProperties('AWS::IAM::ManagedPolicy', properties, [
      'ManagedPolicyName',
      'Path',
      'Description',
      'PolicyDocument',
      'Roles',
      'Tags',
    ]);
    const document = documentText(properties.PolicyDocument);
    if (document !== documentText(previous.PolicyDocument)) {
      const old = await oldVersions(ctx, PolicyArn);
      if (old.length >= 4) await ctx.call('iam', 'DeletePolicyVersion', { PolicyArn, VersionId: old.at(-1)!.VersionId });
      await ctx.call('iam', 'CreatePolicyVersion', { PolicyArn, PolicyDocument: document, SetAsDefault: true });
    }
    if (properties.Tags !== undefined) await ctx.call('iam', 'TagPolicy', { PolicyArn, Tags: properties.Tags });
    await attach(ctx, PolicyArn, properties, previous);
    return { physicalId: PolicyArn };
  },
  delete: async (PolicyArn, _properties, ctx) => {
    await unlessGone(
      (async () => {
        const { PolicyRoles } = await ctx.call<{ PolicyRoles: Role[] }>('iam', 'ListEntitiesForPolicy', { PolicyArn });
        for (const { RoleName } of PolicyRoles) await ctx.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn });
        for (const { VersionId } of await oldVersions(ctx, PolicyArn))
          await ctx.call('iam', 'DeletePolicyVersion', { PolicyArn, VersionId });
        await ctx.call('iam', 'DeletePolicy', { PolicyArn });
      })(),
    );
  },
};

export const serviceLinkedRoleResource: ResourceType = {
  type: 'AWS::IAM::ServiceLinkedRole',
  replacedOn: ['AWSServiceName', 'CustomSuffix'],
  create: async (properties, ctx) => {
    acceptProperties('AWS::IAM::ServiceLinkedRole', properties, ['AWSServiceName', 'CustomSuffix', 'Description']);
    const { Role } = await ctx.call<{ Role: Role & { RoleName: string } }>('iam', 'CreateServiceLinkedRole', properties);
    return { physicalId: Role.RoleName, attributes: { RoleName: Role.RoleName } };
  },
  update: async (RoleName, properties, _previous, ctx) => {
    await ctx.call('iam', 'UpdateRole', { RoleName, Description: properties.Description ?? '' });
    return { physicalId: RoleName, attributes: { RoleName } };
  },
  delete: (RoleName, _properties, ctx) => unlessGone(ctx.call('iam', 'DeleteServiceLinkedRole', { RoleName })),
};

export const instanceProfileResource: ResourceType = {
  type: 'AWS::IAM::InstanceProfile',
  replacedOn: ['InstanceProfileName', 'Path'],
  create: async (properties, ctx, names) => {
    acceptProperties('AWS::IAM::InstanceProfile', properties, ['InstanceProfileName', 'Path', 'Roles']);
    const InstanceProfileName = (properties.InstanceProfileName as string | undefined) ?? names.generated(128);
    const created = await ctx.call<{ InstanceProfile: InstanceProfile }>('iam', 'CreateInstanceProfile', {
      InstanceProfileName,
      Path: properties.Path,
    });
    for (const RoleName of rolesIn(properties)) await ctx.call('iam', 'AddRoleToInstanceProfile', { InstanceProfileName, RoleName });
    return { physicalId: InstanceProfileName, attributes: { Arn: created.InstanceProfile.Arn } };
  },
  update: async (InstanceProfileName, properties, previous, ctx) => {
    for (const RoleName of rolesIn(previous))
      await unlessGone(ctx.call('iam', 'RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName }));
    for (const RoleName of rolesIn(properties)) await ctx.call('iam', 'AddRoleToInstanceProfile', { InstanceProfileName, RoleName });
    return { physicalId: InstanceProfileName };
  },
  delete: async (InstanceProfileName, properties, ctx) => {
    for (const RoleName of rolesIn(properties))
      await unlessGone(ctx.call('iam', 'RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName }));
    await unlessGone(ctx.call('iam', 'DeleteInstanceProfile', { InstanceProfileName }));
  },
};
