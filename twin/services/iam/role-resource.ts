import type { Role, Tag } from '@aws-sdk/client-iam';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ProvisionedResource, ResourceProperties, ResourceType } from '../service.js';

interface RoleProperties {
  AssumeRolePolicyDocument: unknown;
  Description?: string;
  ManagedPolicyArns?: string[];
  MaxSessionDuration?: number | string;
  Path?: string;
  PermissionsBoundary?: string;
  Policies?: { PolicyName: string; PolicyDocument: unknown }[];
  RoleName?: string;
  Tags?: Tag[];
}
const known = [
  'AssumeRolePolicyDocument',
  'Description',
  'ManagedPolicyArns',
  'MaxSessionDuration',
  'Path',
  'PermissionsBoundary',
  'Policies',
  'RoleName',
  'Tags',
];
const read = (properties: ResourceProperties): RoleProperties => {
  acceptProperties('AWS::IAM::Role', properties, known);
  return properties as unknown as RoleProperties;
};

/** A policy document as CloudFormation passes it on: JSON text. */
export const documentText = (document: unknown): string => (typeof document === 'string' ? document : JSON.stringify(document));
/** Runs a deletion that may find its subject gone already. */
export const unlessGone = async (deletion: Promise<unknown>): Promise<void> => {
  await deletion.catch((error: unknown) => {
    if (!(error instanceof AwsError && error.code === 'NoSuchEntityException')) throw error;
  });
};

/** Makes the role's policies what `wanted` says; those in `before` that are no longer wanted go. */
const setPolicies = async (ctx: Context, RoleName: string, wanted: RoleProperties, before: Partial<RoleProperties>): Promise<void> => {
  const arns = wanted.ManagedPolicyArns ?? [];
  const names = (wanted.Policies ?? []).map(({ PolicyName }) => PolicyName);
  for (const PolicyArn of before.ManagedPolicyArns ?? []) {
    if (!arns.includes(PolicyArn)) await unlessGone(ctx.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn }));
  }
  for (const { PolicyName } of before.Policies ?? []) {
    if (!names.includes(PolicyName)) await unlessGone(ctx.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }));
  }
  for (const PolicyArn of arns) await ctx.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
  for (const { PolicyName, PolicyDocument } of wanted.Policies ?? []) {
    await ctx.call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: documentText(PolicyDocument) });
  }
};

const described = async (ctx: Context, RoleName: string): Promise<ProvisionedResource> => {
  const { Role } = await ctx.call<{ Role: Role }>('iam', 'GetRole', { RoleName });
  return { physicalId: RoleName, attributes: { Arn: Role.Arn, RoleId: Role.RoleId } };
};

/** As CloudFormation does it: everything attached goes first. */
const deleteRole = async (ctx: Context, RoleName: string): Promise<void> => {
  const list = async <T>(operation: string): Promise<T> => ctx.call<T>('iam', operation, { RoleName });
  await unlessGone(
    (async () => {
      for (const { PolicyArn } of (await list<{ AttachedPolicies: { PolicyArn: string }[] }>('ListAttachedRolePolicies'))
        .AttachedPolicies) {
        await ctx.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn });
      }
      for (const PolicyName of (await list<{ PolicyNames: string[] }>('ListRolePolicies')).PolicyNames) {
        await ctx.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName });
      }
      await ctx.call('iam', 'DeleteRole', { RoleName });
    })(),
  );
};

export const roleResource: ResourceType = {
  type: 'AWS::IAM::Role',
  replacedOn: ['RoleName', 'Path'],
  create: async (properties, ctx, names) => {
    const wanted = read(properties);
    const RoleName = wanted.RoleName ?? names.generated(64);
    await ctx.call('iam', 'CreateRole', {
      RoleName,
      Path: wanted.Path,
      AssumeRolePolicyDocument: documentText(wanted.AssumeRolePolicyDocument),
      Description: wanted.Description,
      MaxSessionDuration: wanted.MaxSessionDuration === undefined ? undefined : Number(wanted.MaxSessionDuration),
      PermissionsBoundary: wanted.PermissionsBoundary,
      Tags: wanted.Tags,
    });
    try {
      await setPolicies(ctx, RoleName, wanted, {});
    } catch (error) {
      await deleteRole(ctx, RoleName);
      throw error;
    }
    return described(ctx, RoleName);
  },
  update: async (RoleName, properties, previous, ctx) => {
    const wanted = read(properties);
    const before = read(previous);
    await ctx.call('iam', 'UpdateAssumeRolePolicy', { RoleName, PolicyDocument: documentText(wanted.AssumeRolePolicyDocument) });
    await ctx.call('iam', 'UpdateRole', {
      RoleName,
      Description: wanted.Description ?? '',
      MaxSessionDuration: Number(wanted.MaxSessionDuration ?? 3600),
    });
    if (wanted.PermissionsBoundary !== undefined) {
      await ctx.call('iam', 'PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: wanted.PermissionsBoundary });
    } else if (before.PermissionsBoundary !== undefined) {
      await ctx.call('iam', 'DeleteRolePermissionsBoundary', { RoleName });
    }
    await setPolicies(ctx, RoleName, wanted, before);
    const gone = (before.Tags ?? []).map(({ Key }) => Key).filter((key) => !wanted.Tags?.some(({ Key }) => Key === key));
    if (gone.length > 0) await ctx.call('iam', 'UntagRole', { RoleName, TagKeys: gone });
    if (wanted.Tags?.length) await ctx.call('iam', 'TagRole', { RoleName, Tags: wanted.Tags });
    return described(ctx, RoleName);
  },
  delete: (RoleName, _properties, ctx) => deleteRole(ctx, RoleName),
  existing: {
    identifiedBy: 'RoleName',
    read: async (RoleName, ctx) => {
      const { Role: role } = await ctx.call<{ Role: Role }>('iam', 'GetRole', { RoleName });
      const { Arn, Description, MaxSessionDuration, Path, RoleId } = role;
      return { properties: { RoleName, Description, MaxSessionDuration, Path }, attributes: { Arn, RoleId } };
    },
  },
};
