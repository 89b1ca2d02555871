import { principalOfSessionToken } from '../services/sts/session-token.js';

/** Who signs with an account's key: a role whose session token comes along, or that account's user. */
export const principalOf = ({ account, sessionToken }: { account: string; sessionToken?: string | undefined }): string =>
  (sessionToken === undefined ? undefined : principalOfSessionToken(sessionToken)) ?? `arn:aws:iam::${account}:user/twin`;
