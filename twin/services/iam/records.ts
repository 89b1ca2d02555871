import type { InstanceProfile, Policy, PolicyVersion, Role, Tag } from '@aws-sdk/client-iam';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accountWide } from '../../world/state.js';

export interface RoleRecord {
  readonly role: Role & { RoleName: string; Arn: string };
  /** Plain JSON; answered URL-encoded, as IAM does. */
  trustPolicy: string;
  readonly inline: Map<string, string>;
  /** ARNs of attached managed policies. */
  readonly attached: Set<string>;
  tags: Tag[];
}
export interface PolicyRecord {
  readonly policy: Policy & { Arn: string; PolicyName: string };
  readonly versions: (PolicyVersion & { VersionId: string; Document: string })[];
  created: number;
  tags: Tag[];
}
export interface ProfileRecord {
  readonly profile: InstanceProfile & { InstanceProfileName: string };
  role: string | undefined;
  tags: Tag[];
}

const roleKey = accountWide('iam.roles', () => new Map<string, RoleRecord>());
const policyKey = accountWide('iam.policies', () => new Map<string, PolicyRecord>());
const profileKey = accountWide('iam.instance-profiles', () => new Map<string, ProfileRecord>());

export const rolesOf = (ctx: Context): Map<string, RoleRecord> => ctx.state(roleKey);
/** Customer managed policies by ARN. */
export const policiesOf = (ctx: Context): Map<string, PolicyRecord> => ctx.state(policyKey);
export const profilesOf = (ctx: Context): Map<string, ProfileRecord> => ctx.state(profileKey);

export const noSuchEntity = (message: string): AwsError => new AwsError('NoSuchEntityException', message);

export const roleNamed = (ctx: Context, name: string | undefined): RoleRecord => {
  const found = rolesOf(ctx).get(name ?? '');
  if (!found) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return found;
};

/** Paths, names and documents as IAM checks them. */
export const checkName = (kind: string, name: string, most: number): void => {
  if (!/^[\w+=,.@-]+$/.test(name) || name.length > most) {
    throw new AwsError(
      'ValidationError',
      `The specified value for ${kind} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
      { status: 400 },
    );
  }
};
export const checkPath = (path: string): void => {
  if (!/^\/([!-~]+\/)?$/.test(path)) {
    throw new AwsError(
      'ValidationError',
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
      { status: 400 },
    );
  }
};
export const checkDocument = (document: string): void => {
  try {
    const statement = (JSON.parse(document) as { Statement?: unknown }).Statement;
    if (typeof statement === 'object' && statement !== null) return;
  } catch {
    throw new AwsError('MalformedPolicyDocumentException', 'This policy contains invalid Json');
  }
  throw new AwsError('MalformedPolicyDocumentException', 'Syntax errors in policy.');
};
/** RFC 3986, as IAM encodes policy documents in its answers. */
export const encoded = (document: string): string =>
  encodeURIComponent(document).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
export const withTags = (held: readonly Tag[], added: readonly Tag[]): Tag[] => [
  ...held.filter(({ Key }) => !added.some((tag) => tag.Key === Key)),
  ...added,
];
export const withoutTags = (held: readonly Tag[], keys: readonly string[]): Tag[] => held.filter(({ Key }) => !keys.includes(Key ?? ''));
