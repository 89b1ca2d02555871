import type { Problem } from '../model/recovery-error.js';
import { sameCondition } from './condition.js';
import type { KnownWork } from './load-plan.js';
import type { LocatedDocument } from './located-document.js';
import { nearest, oneOf } from './nearest.js';
import { referenceIn, systemName, textsIn } from './references.js';
import type { ProcedureOutline, TaskOutline } from './runbook-outline.js';
import type { AroundRunbook } from './runbook-problems.js';
import type { Condition } from './schemas.js';
import { systemReferenceFix } from './system-problems.js';
import { taskOrder } from './task-order.js';

/** What people answer with when they acknowledge. */
const acknowledgement = ['by', 'note'];

/**
 * References of a runbook that would find nothing: malformed, to no task, to a task without output or such a field, to one that need not be finished,
 * may be left out, or is done for several systems.
 */
export const referenceProblems = (
  document: LocatedDocument<unknown>,
  own: readonly ProcedureOutline[],
  { earlier, systems, unread }: Pick<AroundRunbook, 'earlier' | 'systems' | 'unread'>,
  known: KnownWork,
): Problem[] => {
  const procedures = [...earlier, ...own];
  const tasks = new Map(
    procedures.flatMap((procedure) => procedure.tasks.flatMap((task) => (task.id ? [[task.id.name, task] as const] : []))),
  );
  const isBefore = taskOrder(procedures);
  const fixFor = (task: TaskOutline, text: string): string | undefined => {
    const reference = referenceIn(text);
    if (!reference) return 'a reference is the whole value and names a task and a field of its output, as "${task.field}"';
    const { name, field } = reference;
    if (name === systemName) return systemReferenceFix(field, task.procedure, systems);
    const named = tasks.get(name);
    if (!named) return unread ? undefined : oneOf(name, [...tasks.keys()], 'task');
    if (named === task) return `a task cannot take its own output; name one that is finished before ${name}`;
    const fields = fieldsOf(named, known);
    if (fields?.length === 0) return `${name} has no output to take from; name a task with a step`;
    if (fields && !fields.includes(field)) {
      const meant = nearest(field, fields);
      return `${name} has no field ${field}; ${meant === undefined ? `it has: ${fields.join(', ')}` : `did you mean ${meant}?`}`;
    }
    const taker = task.id?.name ?? 'this task';
    if (named.procedure.fannedOut && !task.procedure.fannedOut)
      return `${name} is done for each system, and ${taker} once for all: there is no one ${field} to take; say for: systems here as well, or take from a task done once`;
    if (!isBefore(named, task))
      return named.procedure === task.procedure
        ? `${taker} must need ${name}, whose output it takes; add it to its needs`
        : `${task.procedure.id?.name ?? 'this procedure'} must need ${named.procedure.id?.name ?? 'the procedure of that task'}, whose task ${name} gives this; add it to its needs`;
    if (named.when && !sameCondition(conditionOf(named), conditionOf(task)))
      return `${name} is left out where its condition does not hold, and there is nothing to take then; give ${taker} the same condition`;
    return undefined;
  };
  return own.flatMap((procedure) =>
    procedure.tasks.flatMap((task) =>
      [...(task.step ? [task.step] : []), ...task.checks].flatMap((use) =>
        textsIn(use.with.value, use.with.path).flatMap(({ path, name }) => {
          const fix = name.includes('${') ? fixFor(task, name) : undefined;
          return fix === undefined ? [] : [document.problemAt(path, name, fix)];
        }),
      ),
    ),
  );
};

const conditionOf = ({ when }: TaskOutline): Condition | undefined =>
  when && ({ fact: when.fact?.name, is: when.is, isNot: when.isNot } as Condition);

/** Undefined where the step is unknown, which is reported where it stands. */
const fieldsOf = ({ step, owner }: TaskOutline, known: KnownWork): readonly string[] | undefined => {
  if (owner) return acknowledgement;
  if (!step) return [];
  const found = known.steps.find(({ uses }) => uses === step.name);
  return found && Object.keys(found.produces);
};
