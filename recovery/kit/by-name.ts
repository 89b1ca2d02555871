/** Items under the names they go by. */
export const byName = <Item>(items: readonly Item[], nameOf: (item: Item) => string | undefined): Map<string, Item[]> => {
  const named = new Map<string, Item[]>();
  for (const item of items) {
    const name = nameOf(item) ?? '';
    const others = named.get(name);
    if (others) others.push(item);
    else named.set(name, [item]);
  }
  return named;
};
