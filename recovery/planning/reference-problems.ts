import type { Problem } from '../model/recovery-error.js';
import type { KnownWork } from './load-plan.js';
import type { LocatedDocument } from './located-document.js';
import { nearest, oneOf } from './nearest.js';
import { isRecord } from './schema-at.js';
import type { Named, ProcedureOutline, TaskOutline } from './runbook-outline.js';

/** `${task.field}`, and nothing beside it. */
export const referencePattern = /^\$\{([a-z0-9-]+)\.([A-Za-z0-9]+)\}$/;

/** What people answer with when they acknowledge. */
const acknowledgement = ['by', 'note'];

/** References that would find nothing: malformed, to no task, to a task without output or such a field, or to one that need not be finished. */
export const referenceProblems = (
  document: LocatedDocument<unknown>,
  procedures: readonly ProcedureOutline[],
  known: KnownWork,
): Problem[] => {
  const tasks = new Map(
    procedures.flatMap((procedure) => procedure.tasks.flatMap((task) => (task.id ? [[task.id.name, task] as const] : []))),
  );
  const fixFor = (task: TaskOutline, text: string): string | undefined => {
    const match = referencePattern.exec(text);
    if (!match) return 'a reference is the whole value and names a task and a field of its output, as "${task.field}"';
    const [, name = '', field = ''] = match;
    const named = tasks.get(name);
    if (!named) return oneOf(name, [...tasks.keys()], 'task');
    if (named === task) return `a task cannot take its own output; name one that is finished before ${name}`;
    const fields = fieldsOf(named, known);
    if (fields?.length === 0) return `${name} has no output to take from; name a task with a step`;
    if (fields && !fields.includes(field)) {
      const meant = nearest(field, fields);
      return `${name} has no field ${field}; ${meant === undefined ? `it has: ${fields.join(', ')}` : `did you mean ${meant}?`}`;
    }
    if (isBefore(named, task, procedures)) return undefined;
    return named.procedure === task.procedure
      ? `${task.id?.name ?? 'this task'} must need ${name}, whose output it takes; add it to its needs`
      : `${task.procedure.id?.name ?? 'this procedure'} must need ${named.procedure.id?.name ?? 'the procedure of that task'}, whose task ${name} gives this; add it to its needs`;
  };
  return [...tasks.values()].flatMap((task) =>
    [...(task.step ? [task.step] : []), ...task.checks].flatMap((use) =>
      textsIn(use.with.value, use.with.path).flatMap(({ path, name }) => {
        const fix = name.includes('${') ? fixFor(task, name) : undefined;
        return fix === undefined ? [] : [document.problemAt(path, name, fix)];
      }),
    ),
  );
};

/** Undefined where the step is unknown, which is reported where it stands. */
const fieldsOf = ({ step, owner }: TaskOutline, known: KnownWork): readonly string[] | undefined => {
  if (owner) return acknowledgement;
  if (!step) return [];
  const found = known.steps.find(({ uses }) => uses === step.name);
  return found && Object.keys(found.produces);
};

const isBefore = (earlier: TaskOutline, later: TaskOutline, procedures: readonly ProcedureOutline[]): boolean =>
  earlier.procedure === later.procedure
    ? reachable(later.id?.name ?? '', later.procedure.tasks).has(earlier.id?.name ?? '')
    : reachable(later.procedure.id?.name ?? '', procedures).has(earlier.procedure.id?.name ?? '');

/** All that `from` needs, directly or through others. */
const reachable = (
  from: string,
  nodes: readonly { readonly id: Named | undefined; readonly needs: readonly Named[] }[],
): ReadonlySet<string> => {
  const needs = new Map(nodes.map((node) => [node.id?.name, node.needs]));
  const found = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const { name } of needs.get(at) ?? [])
      if (!found.has(name)) {
        found.add(name);
        open.push(name);
      }
  return found;
};

/** Every text in a value, however deep. */
const textsIn = (value: unknown, path: readonly PropertyKey[]): Named[] =>
  typeof value === 'string'
    ? [{ path, name: value }]
    : isRecord(value)
      ? Object.entries(value).flatMap(([key, one]) => textsIn(one, [...path, Array.isArray(value) ? Number(key) : key]))
      : [];
