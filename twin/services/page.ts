/** One page of `items`; `token` is what the last page gave as `next`. `onBadToken` throws the service's own error. */
export const page = <T>(
  items: readonly T[],
  { token, most }: { token: string | undefined; most: number },
  onBadToken: () => Error,
): { items: T[]; next: string | undefined } => {
  const from =
    token === undefined || token === ''
      ? 0
      : Number(
          Buffer.from(token, 'base64url')
            .toString()
            .replace(/^from:/, ''),
        );
  if (!Number.isInteger(from) || from < 0) throw onBadToken();
  const to = from + Math.max(1, most);
  return { items: items.slice(from, to), next: to < items.length ? Buffer.from(`from:${to}`).toString('base64url') : undefined };
};
