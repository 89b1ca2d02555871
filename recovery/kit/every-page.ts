/** Asks for page after page until AWS says that there is no more. */
export const everyPage = async <Item, Token = string>(
  ask: (token: Token | undefined) => Promise<{ items: readonly Item[] | undefined; next: Token | undefined }>,
): Promise<Item[]> => {
  const all: Item[] = [];
  let token: Token | undefined;
  do {
    const { items, next } = await ask(token);
    all.push(...(items ?? []));
    token = next;
  } while (token !== undefined);
  return all;
};
