import type { Problem } from '../model/recovery-error.js';
import type { LocatedDocument } from './located-document.js';
import type { Named, ProcedureOutline } from './runbook-outline.js';

interface Node {
  readonly id: Named | undefined;
  readonly needs: readonly Named[];
}

/** Procedures, and tasks of one procedure, that wait for each other. */
export const circleProblems = (document: LocatedDocument<unknown>, procedures: readonly ProcedureOutline[]): Problem[] =>
  [procedures, ...procedures.map(({ tasks }) => tasks)].flatMap((nodes) =>
    circlesIn(nodes).map((round) => {
      const names = round.map(({ name }) => name);
      const fix =
        names.length === 1
          ? `${names[0]} needs itself; remove this need`
          : `these need each other in a circle, ${[...names, names[0]].join(' → ')}; remove one need`;
      return document.problemAt(round[0]!.path, names[0], fix);
    }),
  );

/** Each circle as the needs that make it; one need is in one circle only. */
const circlesIn = (nodes: readonly Node[]): Named[][] => {
  const byId = new Map(nodes.flatMap((node) => (node.id ? [[node.id.name, node] as const] : [])));
  const circles: Named[][] = [];
  const settled = new Set<string>();
  for (const start of byId.keys()) {
    // One path, and of each node on it the need to look at next: a recursion would end with a long enough runbook.
    const path: { id: string; next: number; by: Named | undefined }[] = settled.has(start) ? [] : [{ id: start, next: 0, by: undefined }];
    const on = new Map(path.map(({ id }, depth) => [id, depth]));
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const need = byId.get(top.id)?.needs[top.next++];
      if (!need) {
        settled.add(top.id);
        on.delete(top.id);
        path.pop();
        continue;
      }
      const depth = on.get(need.name);
      if (depth !== undefined) circles.push([need, ...path.slice(depth + 1).flatMap(({ by }) => by ?? [])]);
      else if (byId.has(need.name) && !settled.has(need.name)) {
        on.set(need.name, path.length);
        path.push({ id: need.name, next: 0, by: need });
      }
    }
  }
  return circles;
};
