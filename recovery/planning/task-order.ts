import { reachedFrom } from '../model/graph.js';
import type { Named, ProcedureOutline, TaskOutline } from './runbook-outline.js';

type Node = { readonly id: Named | undefined; readonly needs: readonly Named[] };
type Needs = ReadonlyMap<string, readonly string[]>;

const needsOf = (nodes: readonly Node[]): Needs => new Map(nodes.map(({ id, needs }) => [id?.name ?? '', needs.map(({ name }) => name)]));

/** Whether one task of a plan is finished before another starts, as far as its documents can be read: by what needs what, or by a barrier between. */
export const taskOrder = (procedures: readonly ProcedureOutline[]): ((earlier: TaskOutline, later: TaskOutline) => boolean) => {
  const byName = new Map(procedures.map((procedure) => [procedure.id?.name ?? '', procedure]));
  const needs = needsOf(procedures);
  const within = new Map<ProcedureOutline, Needs>();
  const tasksOf = (procedure: ProcedureOutline): Needs => {
    const known = within.get(procedure) ?? needsOf(procedure.tasks);
    within.set(procedure, known);
    return known;
  };
  // One procedure's references are asked for together: keeping more than the latest answer would keep a set for each procedure.
  let latest: { readonly of: ProcedureOutline; readonly before: ReadonlySet<ProcedureOutline> } | undefined;
  const procedureBefore = (procedure: ProcedureOutline): ReadonlySet<ProcedureOutline> => {
    if (latest?.of === procedure) return latest.before;
    const reached = [...reachedFrom(procedure.id?.name ?? '', needs)].flatMap((name) => byName.get(name) ?? []);
    const barrier = Math.max(-1, ...[procedure, ...reached].map(({ phase }) => (phase.barrier ? phase.order : -1)));
    latest = { of: procedure, before: new Set([...reached, ...procedures.filter(({ phase }) => phase.order < barrier)]) };
    return latest.before;
  };
  return (earlier, later) => {
    if (earlier.procedure !== later.procedure) return procedureBefore(later.procedure).has(earlier.procedure);
    const [from, to] = [later.id?.name ?? '', earlier.id?.name ?? ''];
    // Most take from what they need directly: the way through a long procedure is walked for the others.
    return later.needs.some(({ name }) => name === to) || reachedFrom(from, tasksOf(later.procedure)).has(to);
  };
};
