import type { Problem } from '../model/recovery-error.js';
import { circleProblems } from './circle-problems.js';
import { inputProblems } from './input-problems.js';
import type { KnownWork } from './load-plan.js';
import type { LocatedDocument } from './located-document.js';
import { oneOf } from './nearest.js';
import { referenceProblems } from './reference-problems.js';
import { runbookOutline, type Named } from './runbook-outline.js';

/** The names that a contingency plan gives to a runbook; undefined where they cannot be told. */
export interface PlanNames {
  readonly teams: readonly string[] | undefined;
  readonly roles: readonly string[] | undefined;
  readonly phase: string;
}

/** What a schema cannot see: unknown names, circles, references to work that need not be finished, inputs that a step does not take. */
export const runbookProblems = (document: LocatedDocument<unknown>, { teams, roles, phase }: PlanNames, known: KnownWork): Problem[] => {
  const procedures = runbookOutline(document.raw);
  const tasks = procedures.flatMap((procedure) => procedure.tasks);
  const steps = known.steps.map(({ uses }) => uses);
  const checks = known.checks.map(({ uses }) => uses);
  const procedureIds = procedures.flatMap(({ id }) => id?.name ?? []);
  const problems: Problem[] = [];
  const report = ({ path, name }: Named, fix: string): void => void problems.push(document.problemAt(path, name, fix));
  const expect = (named: Named | undefined, names: readonly string[] | undefined, what: string): void => {
    if (named && names && !names.includes(named.name)) report(named, oneOf(named.name, names, what));
  };

  const itsPhase = (document.raw as { phase?: unknown } | undefined)?.phase;
  if (typeof itsPhase === 'string' && itsPhase !== phase)
    problems.push(document.problemAt(['phase'], itsPhase, `the contingency plan names this runbook for the phase ${phase}; write that`));
  for (const repeated of again(procedures.map(({ id }) => id))) report(repeated, 'another procedure has this id; choose another');
  for (const repeated of again(tasks.map(({ id }) => id)))
    report(repeated, 'another task has this id, and they are unique in the whole runbook; choose another');
  for (const { team, needs } of procedures) {
    expect(team, teams, 'team in the contingency plan');
    for (const need of needs) expect(need, procedureIds, 'procedure');
  }
  for (const { procedure, needs, step, checks: asked, owner } of tasks) {
    const siblings = procedure.tasks.flatMap(({ id }) => id?.name ?? []);
    for (const need of needs) expect(need, siblings, `task in ${procedure.id?.name ?? 'this procedure'}`);
    expect(step, steps, 'step');
    for (const check of asked) expect(check, checks, 'check');
    expect(owner, roles, 'role in the contingency plan');
  }
  return [
    ...problems,
    ...circleProblems(document, procedures),
    ...referenceProblems(document, procedures, known),
    ...inputProblems(document, tasks, known),
  ];
};

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
