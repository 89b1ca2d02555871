import type * as STS from '@aws-sdk/client-sts';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { roleAsStsSeesIt } from '../iam/replica.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { temporaryCredentials } from './credentials.js';

export const operations = {
  GetCallerIdentity: (_input, ctx) => ({ Account: ctx.account, Arn: ctx.caller.principalArn, UserId: userId(ctx) }),

  AssumeRole: (input, ctx) => {
    accept('sts.AssumeRole', input, [
      'RoleArn',
      'RoleSessionName',
      'DurationSeconds',
      'ExternalId',
      'Policy',
      'PolicyArns',
      'Tags',
      'TransitiveTagKeys',
    ]);
    const arn = need(input.RoleArn, 'RoleArn', 'ValidationError');
    const session = need(input.RoleSessionName, 'RoleSessionName', 'ValidationError');
    const seconds = input.DurationSeconds ?? 3600;
    if (!/^[\w+=,.@-]{2,64}$/.test(session)) {
      throw invalid(
        `Value '${session}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
      );
    }
    const role = roleAsStsSeesIt(ctx, arn);
    if (!role) throw denied(ctx, arn);
    checkDuration(seconds, role.MaxSessionDuration ?? 3600);
    const account = arn.split(':')[4]!;
    const assumed = `arn:aws:sts::${account}:assumed-role/${role.RoleName}/${session}`;
    return {
      Credentials: temporaryCredentials(ctx, account, assumed, seconds),
      AssumedRoleUser: { Arn: assumed, AssumedRoleId: `${role.RoleId}:${session}` },
    };
  },

  GetSessionToken: (input, ctx) => {
    accept('sts.GetSessionToken', input, ['DurationSeconds']);
    const seconds = input.DurationSeconds ?? 43_200;
    checkDuration(seconds, 129_600);
    return { Credentials: temporaryCredentials(ctx, ctx.account, ctx.caller.principalArn, seconds) };
  },
} satisfies Operations<typeof STS>;

const invalid = (problem: string): AwsError => new AwsError('ValidationError', `1 validation error detected: ${problem}`, { status: 400 });

/** AWS says the same of a role that is missing as of one that may not be assumed. */
const denied = (ctx: Context, arn: string): AwsError =>
  new AwsError('AccessDenied', `User: ${ctx.caller.principalArn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`, {
    status: 403,
  });

const checkDuration = (seconds: number, most: number): void => {
  if (seconds < 900) {
    throw invalid(
      `Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900`,
    );
  }
  if (seconds > most)
    throw new AwsError('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.', {
      status: 400,
    });
};

const userId = (ctx: Context): string => {
  const [kind, name, session] = (ctx.caller.principalArn.split(':')[5] ?? '').split('/');
  if (kind === 'assumed-role')
    return `${roleAsStsSeesIt(ctx, `arn:aws:iam::${ctx.account}:role/${name}`)?.RoleId ?? 'AROATWIN'}:${session}`;
  return kind === 'user' ? `AIDA${ctx.chance.stream(`sts.user/${name}`).hex(17).toUpperCase()}` : ctx.account;
};
