import type * as IAM from '@aws-sdk/client-iam';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId, upperAlphanumeric } from '../fresh-id.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { checkName, checkPath, noSuchEntity, profilesOf, roleNamed, type ProfileRecord } from './records.js';
import { answeredRole } from './roles.js';

const profileNamed = (ctx: Context, name: string | undefined): ProfileRecord => {
  const found = profilesOf(ctx).get(name ?? '');
  if (!found) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return found;
};
const answered = (ctx: Context, { profile, role, tags }: ProfileRecord): IAM.InstanceProfile => ({
  ...profile,
  Roles: role === undefined ? [] : [answeredRole(roleNamed(ctx, role))],
  Tags: tags,
});

export const instanceProfiles = {
  CreateInstanceProfile: (input, ctx) => {
    accept('iam.CreateInstanceProfile', input, ['InstanceProfileName', 'Path', 'Tags']);
    const name = need(input.InstanceProfileName, 'InstanceProfileName', 'ValidationError');
    const path = input.Path ?? '/';
    checkName('instanceProfileName', name, 128);
    checkPath(path);
    if (profilesOf(ctx).has(name)) throw new AwsError('EntityAlreadyExistsException', `Instance Profile ${name} already exists.`);
    const record: ProfileRecord = {
      profile: {
        Path: path,
        InstanceProfileName: name,
        InstanceProfileId: `AIPA${freshId(ctx, 'iam.instance-profile', 17, upperAlphanumeric)}`,
        Arn: `arn:aws:iam::${ctx.account}:instance-profile${path}${name}`,
        CreateDate: ctx.date(),
        Roles: undefined,
      },
      role: undefined,
      tags: input.Tags ?? [],
    };
    profilesOf(ctx).set(name, record);
    return { InstanceProfile: answered(ctx, record) };
  },
  GetInstanceProfile: (input, ctx) => ({ InstanceProfile: answered(ctx, profileNamed(ctx, input.InstanceProfileName)) }),
  ListInstanceProfiles: (input, ctx) => {
    accept('iam.ListInstanceProfiles', input, ['MaxItems']);
    return { InstanceProfiles: [...profilesOf(ctx).values()].map((record) => answered(ctx, record)), IsTruncated: false };
  },
  AddRoleToInstanceProfile: (input, ctx) => {
    const record = profileNamed(ctx, input.InstanceProfileName);
    if (record.role !== undefined)
      throw new AwsError('LimitExceededException', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
    record.role = roleNamed(ctx, input.RoleName).role.RoleName;
    return {};
  },
  RemoveRoleFromInstanceProfile: (input, ctx) => {
    const record = profileNamed(ctx, input.InstanceProfileName);
    if (record.role !== input.RoleName) throw noSuchEntity(`The role with name ${input.RoleName} cannot be found in the instance profile.`);
    record.role = undefined;
    return {};
  },
  DeleteInstanceProfile: (input, ctx) => {
    const record = profileNamed(ctx, input.InstanceProfileName);
    if (record.role !== undefined) {
      throw new AwsError('DeleteConflictException', 'Cannot delete entity, must remove roles from instance profile first.');
    }
    profilesOf(ctx).delete(record.profile.InstanceProfileName);
    return {};
  },
} satisfies Operations<typeof IAM>;
