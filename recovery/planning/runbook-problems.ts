import type { Problem } from '../model/recovery-error.js';
import { circleProblems } from './circle-problems.js';
import { conditionProblems } from './condition-problems.js';
import { inputProblems } from './input-problems.js';
import type { KnownWork } from './load-plan.js';
import type { LocatedDocument } from './located-document.js';
import { oneOf } from './nearest.js';
import { referenceProblems } from './reference-problems.js';
import type { Named, ProcedureOutline } from './runbook-outline.js';
import { systemProblems } from './system-problems.js';
import type { SystemOutline } from './systems-in.js';

/** What the rest of the plan gives to a runbook; undefined where it cannot be told. */
export interface AroundRunbook {
  readonly teams: ReadonlySet<string> | undefined;
  readonly roles: ReadonlySet<string> | undefined;
  readonly systems: readonly SystemOutline[] | undefined;
  readonly phase: string | undefined;
  readonly earlier: readonly ProcedureOutline[];
  readonly later: readonly ProcedureOutline[];
  /** Whether an earlier phase has a runbook that cannot be read: what is not found may stand there. */
  readonly unread: boolean;
}

/** What a schema cannot see: unknown names, circles, references to work that need not be finished, inputs that a step does not take. */
export const runbookProblems = (
  document: LocatedDocument<unknown>,
  procedures: readonly ProcedureOutline[],
  { teams, roles, systems, phase, earlier, later, unread }: AroundRunbook,
  known: KnownWork,
): Problem[] => {
  const tasks = procedures.flatMap((procedure) => procedure.tasks);
  const steps = new Set(known.steps.map(({ uses }) => uses));
  const checks = new Set(known.checks.map(({ uses }) => uses));
  const problems: Problem[] = [];
  const report = ({ path, name }: Named, fix: string): void => void problems.push(document.problemAt(path, name, fix));
  const expect = (named: Named | undefined, there: ReadonlySet<string> | undefined, what: string): void => {
    if (named && there && !there.has(named.name)) report(named, oneOf(named.name, [...there], what));
  };

  const itsPhase = (document.raw as { phase?: unknown } | undefined)?.phase;
  if (typeof itsPhase === 'string' && phase !== undefined && itsPhase !== phase)
    problems.push(document.problemAt(['phase'], itsPhase, `the contingency plan names this runbook for the phase ${phase}; write that`));
  for (const repeated of again(procedures.map(({ id }) => id))) report(repeated, 'another procedure has this id; choose another');
  for (const repeated of again(tasks.map(({ id }) => id)))
    report(repeated, 'another task has this id, and they are unique in the whole runbook; choose another');
  problems.push(...takenProblems(document, procedures, earlier));
  const reachable = names([...earlier, ...procedures]);
  const tooLate = names(later);
  for (const { team, needs } of procedures) {
    expect(team, teams, 'team in the contingency plan');
    for (const need of needs)
      if (!reachable.has(need.name) && tooLate.has(need.name))
        report(need, 'this is done in a later phase, and nothing here can wait for it; remove it');
      else expect(need, unread ? undefined : reachable, 'procedure');
  }
  for (const procedure of procedures) {
    const siblings = names(procedure.tasks);
    for (const { needs, step, checks: asked, owner } of procedure.tasks) {
      for (const need of needs) expect(need, siblings, `task in ${procedure.id?.name ?? 'this procedure'}`);
      expect(step, steps, 'step');
      for (const check of asked) expect(check, checks, 'check');
      expect(owner, roles, 'role in the contingency plan');
    }
  }
  return [
    ...problems,
    ...circleProblems(document, procedures),
    ...systemProblems(document, procedures, systems),
    ...conditionProblems(document, tasks),
    ...referenceProblems(document, procedures, { earlier, systems, unread }, known),
    ...inputProblems(document, tasks, systems, known),
  ];
};

/** Ids that an earlier phase has: they are unique in the whole plan. */
const takenProblems = (
  document: LocatedDocument<unknown>,
  procedures: readonly ProcedureOutline[],
  earlier: readonly ProcedureOutline[],
): Problem[] => {
  const [takenProcedures, takenTasks] = [names(earlier), names(earlier.flatMap(({ tasks }) => tasks))];
  const report = (id: Named | undefined, taken: ReadonlySet<string>, what: string): Problem[] =>
    id && taken.has(id.name) ? [document.problemAt(id.path, id.name, `a ${what} of an earlier phase has this id; choose another`)] : [];
  return procedures.flatMap(({ id, tasks }) => [
    ...report(id, takenProcedures, 'procedure'),
    ...tasks.flatMap((task) => report(task.id, takenTasks, 'task')),
  ]);
};

const names = (nodes: readonly { readonly id: Named | undefined }[]): ReadonlySet<string> =>
  new Set(nodes.flatMap(({ id }) => id?.name ?? []));

/** Those whose name was there before. */
export const again = (names: readonly (Named | undefined)[]): Named[] => {
  const seen = new Set<string>();
  return names.filter((named): named is Named => {
    if (!named) return false;
    const repeated = seen.has(named.name);
    seen.add(named.name);
    return repeated;
  });
};
