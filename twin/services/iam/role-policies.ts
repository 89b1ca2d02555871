import type * as IAM from '@aws-sdk/client-iam';
import { AwsError } from '../../wire/aws-error.js';
import { need } from '../members.js';
import type { Operations } from '../service.js';
import { checkDocument, checkName, encoded, noSuchEntity, policiesOf, roleNamed, type RoleRecord } from './records.js';

const inlineNamed = (record: RoleRecord, name: string | undefined): string => {
  const document = record.inline.get(name ?? '');
  if (document === undefined) throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
  return document;
};

/** Policies of AWS itself are taken to exist; which of them do is not modelled. */
export const isAwsManaged = (arn: string): boolean => /^arn:aws:iam::aws:policy\/.+/.test(arn);

/** Inline policies of roles, and managed policies attached to them. */
export const rolePolicies = {
  PutRolePolicy: (input, ctx) => {
    const record = roleNamed(ctx, input.RoleName);
    const name = need(input.PolicyName, 'PolicyName', 'ValidationError');
    const document = need(input.PolicyDocument, 'PolicyDocument', 'ValidationError');
    checkName('policyName', name, 128);
    checkDocument(document);
    record.inline.set(name, document);
    return {};
  },
  GetRolePolicy: ({ RoleName, PolicyName }, ctx) => ({
    RoleName,
    PolicyName,
    PolicyDocument: encoded(inlineNamed(roleNamed(ctx, RoleName), PolicyName)),
  }),
  DeleteRolePolicy: ({ RoleName, PolicyName }, ctx) => {
    const record = roleNamed(ctx, RoleName);
    inlineNamed(record, PolicyName);
    record.inline.delete(PolicyName!);
    return {};
  },
  ListRolePolicies: ({ RoleName }, ctx) => ({ PolicyNames: [...roleNamed(ctx, RoleName).inline.keys()].sort(), IsTruncated: false }),
  AttachRolePolicy: ({ RoleName, PolicyArn }, ctx) => {
    const record = roleNamed(ctx, RoleName);
    const arn = need(PolicyArn, 'PolicyArn', 'ValidationError');
    if (!isAwsManaged(arn) && !policiesOf(ctx).has(arn)) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
    if (!record.attached.has(arn) && record.attached.size >= 10) {
      throw new AwsError('LimitExceededException', 'Cannot exceed quota for PoliciesPerRole: 10');
    }
    record.attached.add(arn);
    return {};
  },
  DetachRolePolicy: ({ RoleName, PolicyArn }, ctx) => {
    if (!roleNamed(ctx, RoleName).attached.delete(PolicyArn ?? '')) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
    return {};
  },
  ListAttachedRolePolicies: ({ RoleName }, ctx) => ({
    AttachedPolicies: [...roleNamed(ctx, RoleName).attached].map((arn) => ({ PolicyArn: arn, PolicyName: arn.split('/').at(-1) })),
    IsTruncated: false,
  }),
} satisfies Operations<typeof IAM>;
