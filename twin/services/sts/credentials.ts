import type { Credentials } from '@aws-sdk/client-sts';
import type { Context } from '../../world/context.js';
import { freshId, mixedAlphanumeric } from '../fresh-id.js';
import { sessionToken } from './session-token.js';

/** Temporary credentials for a principal of `account`; the door reads the account from the access key id. */
export const temporaryCredentials = (ctx: Context, account: string, principalArn: string, seconds: number): Credentials => ({
  AccessKeyId: `ASIA${account}TWIN`,
  SecretAccessKey: freshId(ctx, 'sts.secret', 40, mixedAlphanumeric),
  SessionToken: sessionToken(principalArn),
  Expiration: new Date(ctx.now() + seconds * 1000),
});
