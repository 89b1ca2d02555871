import type * as IAM from '@aws-sdk/client-iam';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId, upperAlphanumeric } from '../fresh-id.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import {
  checkDocument,
  checkName,
  checkPath,
  encoded,
  profilesOf,
  roleNamed,
  rolesOf,
  withTags,
  withoutTags,
  type RoleRecord,
} from './records.js';

export const answeredRole = (record: RoleRecord): IAM.Role & { RoleName: string } => ({
  ...record.role,
  AssumeRolePolicyDocument: encoded(record.trustPolicy),
  ...(record.tags.length > 0 ? { Tags: record.tags } : {}),
});

/** Adds a role; shared by ordinary and service-linked roles. */
export const addRole = (
  ctx: Context,
  role: { name: string; path: string; trustPolicy: string; description?: string; maxSession?: number; boundary?: string; tags?: IAM.Tag[] },
): RoleRecord => {
  checkName('roleName', role.name, 64);
  checkPath(role.path);
  checkDocument(role.trustPolicy);
  if (rolesOf(ctx).has(role.name)) throw new AwsError('EntityAlreadyExistsException', `Role with name ${role.name} already exists.`);
  const record: RoleRecord = {
    role: {
      Path: role.path,
      RoleName: role.name,
      RoleId: `AROA${freshId(ctx, 'iam.role', 17, upperAlphanumeric)}`,
      Arn: `arn:aws:iam::${ctx.account}:role${role.path}${role.name}`,
      CreateDate: ctx.date(),
      MaxSessionDuration: role.maxSession ?? 3600,
      AssumeRolePolicyDocument: undefined,
      ...(role.description === undefined ? {} : { Description: role.description }),
      ...(role.boundary === undefined
        ? {}
        : {
            PermissionsBoundary: { PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const, PermissionsBoundaryArn: role.boundary },
          }),
    },
    trustPolicy: role.trustPolicy,
    inline: new Map(),
    attached: new Set(),
    tags: role.tags ?? [],
  };
  rolesOf(ctx).set(role.name, record);
  return record;
};

const conflict = (message: string): AwsError => new AwsError('DeleteConflictException', message);

export const roles = {
  CreateRole: (input, ctx) => {
    accept('iam.CreateRole', input, [
      'RoleName',
      'Path',
      'AssumeRolePolicyDocument',
      'Description',
      'MaxSessionDuration',
      'PermissionsBoundary',
      'Tags',
    ]);
    const record = addRole(ctx, {
      name: need(input.RoleName, 'RoleName', 'ValidationError'),
      path: input.Path ?? '/',
      trustPolicy: need(input.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument', 'ValidationError'),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.MaxSessionDuration === undefined ? {} : { maxSession: input.MaxSessionDuration }),
      ...(input.PermissionsBoundary === undefined ? {} : { boundary: input.PermissionsBoundary }),
      ...(input.Tags === undefined ? {} : { tags: input.Tags }),
    });
    return { Role: answeredRole(record) };
  },
  GetRole: ({ RoleName }, ctx) => ({ Role: answeredRole(roleNamed(ctx, RoleName)) }),
  ListRoles: (input, ctx) => {
    const listed = [...rolesOf(ctx).values()]
      .filter(({ role }) => role.Path!.startsWith(input.PathPrefix ?? '/'))
      .sort((one, other) => (one.role.RoleName < other.role.RoleName ? -1 : 1));
    const { items, next } = page(listed, { token: input.Marker, most: input.MaxItems ?? 100 }, badMarker);
    return { Roles: items.map((record) => ({ ...answeredRole(record), Tags: undefined })), IsTruncated: next !== undefined, Marker: next };
  },
  UpdateRole: (input, ctx) => {
    const { role } = roleNamed(ctx, input.RoleName);
    if (input.Description !== undefined) role.Description = input.Description;
    if (input.MaxSessionDuration !== undefined) role.MaxSessionDuration = input.MaxSessionDuration;
    return {};
  },
  UpdateAssumeRolePolicy: (input, ctx) => {
    const document = need(input.PolicyDocument, 'PolicyDocument', 'ValidationError');
    checkDocument(document);
    roleNamed(ctx, input.RoleName).trustPolicy = document;
    return {};
  },
  PutRolePermissionsBoundary: (input, ctx) => {
    roleNamed(ctx, input.RoleName).role.PermissionsBoundary = {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: need(input.PermissionsBoundary, 'PermissionsBoundary', 'ValidationError'),
    };
    return {};
  },
  DeleteRolePermissionsBoundary: (input, ctx) => {
    delete roleNamed(ctx, input.RoleName).role.PermissionsBoundary;
    return {};
  },
  DeleteRole: ({ RoleName }, ctx) => {
    const record = roleNamed(ctx, RoleName);
    if (record.attached.size > 0) throw conflict('Cannot delete entity, must detach all policies first.');
    if (record.inline.size > 0) throw conflict('Cannot delete entity, must delete policies first.');
    if ([...profilesOf(ctx).values()].some(({ role }) => role === RoleName)) {
      throw conflict('Cannot delete entity, must remove roles from instance profile first.');
    }
    rolesOf(ctx).delete(record.role.RoleName);
    return {};
  },
  TagRole: (input, ctx) => {
    const record = roleNamed(ctx, input.RoleName);
    record.tags = withTags(record.tags, input.Tags ?? []);
    return {};
  },
  UntagRole: (input, ctx) => {
    const record = roleNamed(ctx, input.RoleName);
    record.tags = withoutTags(record.tags, input.TagKeys ?? []);
    return {};
  },
  ListRoleTags: (input, ctx) => ({ Tags: roleNamed(ctx, input.RoleName).tags, IsTruncated: false }),
} satisfies Operations<typeof IAM>;

const badMarker = (): AwsError => new AwsError('ValidationError', 'Invalid Marker.', { status: 400 });
