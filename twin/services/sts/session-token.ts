/** A session token that carries whom it was issued to, so that a door can tell the caller from its requests alone. */
export const sessionToken = (principalArn: string): string => `TwinSession${Buffer.from(principalArn).toString('base64url')}`;

/** Who a request with this `X-Amz-Security-Token` comes from; undefined when the token was not issued here. */
export const principalOfSessionToken = (token: string): string | undefined => {
  const encoded = /^TwinSession([A-Za-z0-9_-]+)$/.exec(token)?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64url').toString();
};
