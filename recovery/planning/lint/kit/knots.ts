/** Tasks that need each other, each knot of them together (the strongly connected components, by Tarjan); a knot comes after those it needs. */
export const knots = (ids: Iterable<string>, needsOf: (id: string) => readonly string[]): readonly (readonly string[])[] => {
  const found: string[][] = [];
  const number = new Map<string, number>();
  /** The earliest task that is still open and can be reached from this one. */
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  // One path, and of each task on it the need to look at next: a recursion would end with a long enough plan.
  const path: { readonly id: string; next: number }[] = [];
  const enter = (id: string): void => {
    lowest.set(id, number.size);
    number.set(id, number.size);
    open.push(id);
    isOpen.add(id);
    path.push({ id, next: 0 });
  };
  const lower = (id: string, to: number | undefined): void => void lowest.set(id, Math.min(lowest.get(id) ?? 0, to ?? 0));
  for (const start of ids) {
    if (!number.has(start)) enter(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { id } = top;
      const need = needsOf(id)[top.next++];
      if (need !== undefined) {
        if (!number.has(need)) enter(need);
        else if (isOpen.has(need)) lower(id, number.get(need));
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lower(above.id, lowest.get(id));
      if (lowest.get(id) !== number.get(id)) continue;
      const knot = open.splice(open.lastIndexOf(id));
      for (const one of knot) isOpen.delete(one);
      found.push(knot);
    }
  }
  return found;
};
