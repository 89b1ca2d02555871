import type * as IAM from '@aws-sdk/client-iam';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId, upperAlphanumeric } from '../fresh-id.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import {
  checkDocument,
  checkName,
  checkPath,
  encoded,
  noSuchEntity,
  policiesOf,
  rolesOf,
  withTags,
  withoutTags,
  type PolicyRecord,
} from './records.js';

const policyAt = (ctx: Context, arn: string | undefined): PolicyRecord => {
  const found = policiesOf(ctx).get(arn ?? '');
  if (!found) throw noSuchEntity(`Policy ${arn} was not found.`);
  return found;
};
const versionOf = (record: PolicyRecord, id: string | undefined): PolicyRecord['versions'][number] => {
  const found = record.versions.find(({ VersionId }) => VersionId === id);
  if (!found) throw noSuchEntity(`Policy ${record.policy.Arn} version ${id} does not exist or is not attachable.`);
  return found;
};
const attachedTo = (ctx: Context, arn: string) => [...rolesOf(ctx).values()].filter(({ attached }) => attached.has(arn));

const answered = (ctx: Context, record: PolicyRecord): IAM.Policy => ({
  ...record.policy,
  AttachmentCount: attachedTo(ctx, record.policy.Arn).length,
  DefaultVersionId: record.versions.find(({ IsDefaultVersion }) => IsDefaultVersion)?.VersionId,
  Tags: record.tags,
});

const addVersion = (ctx: Context, record: PolicyRecord, document: string, isDefault: boolean): PolicyRecord['versions'][number] => {
  checkDocument(document);
  if (isDefault) for (const version of record.versions) version.IsDefaultVersion = false;
  const version = { VersionId: `v${++record.created}`, Document: document, IsDefaultVersion: isDefault, CreateDate: ctx.date() };
  record.versions.unshift(version);
  record.policy.UpdateDate = ctx.date();
  return version;
};

/** Customer managed policies and their versions. */
export const managedPolicies = {
  CreatePolicy: (input, ctx) => {
    accept('iam.CreatePolicy', input, ['PolicyName', 'Path', 'PolicyDocument', 'Description', 'Tags']);
    const name = need(input.PolicyName, 'PolicyName', 'ValidationError');
    const path = input.Path ?? '/';
    checkName('policyName', name, 128);
    checkPath(path);
    const document = need(input.PolicyDocument, 'PolicyDocument', 'ValidationError');
    checkDocument(document);
    const arn = `arn:aws:iam::${ctx.account}:policy${path}${name}`;
    if ([...policiesOf(ctx).values()].some(({ policy }) => policy.PolicyName === name)) {
      throw new AwsError('EntityAlreadyExistsException', `A policy called ${name} already exists. Duplicate names are not allowed.`);
    }
    const record: PolicyRecord = {
      policy: {
        PolicyName: name,
        PolicyId: `ANPA${freshId(ctx, 'iam.policy', 17, upperAlphanumeric)}`,
        Arn: arn,
        Path: path,
        IsAttachable: true,
        PermissionsBoundaryUsageCount: 0,
        CreateDate: ctx.date(),
        ...(input.Description === undefined ? {} : { Description: input.Description }),
      },
      versions: [],
      created: 0,
      tags: input.Tags ?? [],
    };
    addVersion(ctx, record, document, true);
    policiesOf(ctx).set(arn, record);
    return { Policy: answered(ctx, record) };
  },
  GetPolicy: ({ PolicyArn }, ctx) => ({ Policy: answered(ctx, policyAt(ctx, PolicyArn)) }),
  ListPolicies: (input, ctx) => {
    accept('iam.ListPolicies', input, ['Scope', 'OnlyAttached', 'PathPrefix', 'Marker', 'MaxItems']);
    if (input.Scope !== 'Local') {
      throw new AwsError('NotModelled', 'NotModelled: iam.ListPolicies without Scope=Local: the policies of AWS itself are not listed', {
        status: 501,
      });
    }
    const held = [...policiesOf(ctx).values()].filter(({ policy }) => policy.Path!.startsWith(input.PathPrefix ?? '/'));
    const listed = held.filter(({ policy }) => !input.OnlyAttached || attachedTo(ctx, policy.Arn).length > 0);
    return { Policies: listed.map((record) => ({ ...answered(ctx, record), Tags: undefined })), IsTruncated: false };
  },
  ListEntitiesForPolicy: ({ PolicyArn }, ctx) => ({
    PolicyRoles: attachedTo(ctx, need(PolicyArn, 'PolicyArn', 'ValidationError')).map(({ role }) => ({
      RoleName: role.RoleName,
      RoleId: role.RoleId,
    })),
    PolicyGroups: [],
    PolicyUsers: [],
    IsTruncated: false,
  }),
  DeletePolicy: ({ PolicyArn }, ctx) => {
    const record = policyAt(ctx, PolicyArn);
    if (attachedTo(ctx, record.policy.Arn).length > 0) {
      throw new AwsError('DeleteConflictException', 'Cannot delete a policy attached to entities.');
    }
    if (record.versions.length > 1) {
      throw new AwsError(
        'DeleteConflictException',
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions.",
      );
    }
    policiesOf(ctx).delete(record.policy.Arn);
    return {};
  },
  CreatePolicyVersion: (input, ctx) => {
    const record = policyAt(ctx, input.PolicyArn);
    if (record.versions.length >= 5) {
      throw new AwsError(
        'LimitExceededException',
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
      );
    }
    const { Document: _, ...version } = addVersion(
      ctx,
      record,
      need(input.PolicyDocument, 'PolicyDocument', 'ValidationError'),
      input.SetAsDefault ?? false,
    );
    return { PolicyVersion: version };
  },
  GetPolicyVersion: ({ PolicyArn, VersionId }, ctx) => {
    const version = versionOf(policyAt(ctx, PolicyArn), VersionId);
    return { PolicyVersion: { ...version, Document: encoded(version.Document) } };
  },
  ListPolicyVersions: ({ PolicyArn }, ctx) => ({
    Versions: policyAt(ctx, PolicyArn).versions.map(({ Document: _, ...version }) => version),
    IsTruncated: false,
  }),
  SetDefaultPolicyVersion: ({ PolicyArn, VersionId }, ctx) => {
    const record = policyAt(ctx, PolicyArn);
    const chosen = versionOf(record, VersionId);
    for (const version of record.versions) version.IsDefaultVersion = version === chosen;
    return {};
  },
  DeletePolicyVersion: ({ PolicyArn, VersionId }, ctx) => {
    const record = policyAt(ctx, PolicyArn);
    const version = versionOf(record, VersionId);
    if (version.IsDefaultVersion) throw new AwsError('DeleteConflictException', 'Cannot delete the default version of a policy.');
    record.versions.splice(record.versions.indexOf(version), 1);
    return {};
  },
  TagPolicy: ({ PolicyArn, Tags }, ctx) => {
    const record = policyAt(ctx, PolicyArn);
    record.tags = withTags(record.tags, Tags ?? []);
    return {};
  },
  UntagPolicy: ({ PolicyArn, TagKeys }, ctx) => {
    const record = policyAt(ctx, PolicyArn);
    record.tags = withoutTags(record.tags, TagKeys ?? []);
    return {};
  },
  ListPolicyTags: ({ PolicyArn }, ctx) => ({ Tags: policyAt(ctx, PolicyArn).tags, IsTruncated: false }),
} satisfies Operations<typeof IAM>;
