import type { Problem } from '../model/recovery-error.js';
import type { KnownWork } from './load-plan.js';
import type { LocatedDocument } from './located-document.js';
import type { ContingencyPlan, Runbook } from './schemas.js';
import { references } from './references.js';

/** What a schema cannot see: unknown names, cycles, references to work that need not be finished. */
export const runbookProblems = (
  document: LocatedDocument<Runbook>,
  runbook: Runbook,
  plan: ContingencyPlan,
  known: KnownWork,
): Problem[] => {
  const problems: Problem[] = [];
  const report = (path: readonly PropertyKey[], value: unknown, fix: string): void => {
    problems.push({ file: document.file, ...document.locate(path), value, fix });
  };
  const procedures = new Set(runbook.procedures.map(({ id }) => id));
  const teams = new Set(plan.teams.map(({ id }) => id));
  const seen = new Set<string>();
  runbook.procedures.forEach((procedure, p) => {
    const at = ['procedures', p];
    if (!teams.has(procedure.team)) report([...at, 'team'], procedure.team, `name one of the plan's teams: ${[...teams].join(', ')}`);
    procedure.needs.forEach((need, n) => {
      if (!procedures.has(need)) report([...at, 'needs', n], need, `name one of the runbook's procedures: ${[...procedures].join(', ')}`);
    });
    const siblings = new Set(procedure.tasks.map(({ id }) => id));
    procedure.tasks.forEach((task, t) => {
      const here = [...at, 'tasks', t];
      if (seen.has(task.id)) report([...here, 'id'], task.id, 'task ids are unique in the whole runbook; choose another');
      seen.add(task.id);
      task.needs.forEach((need, n) => {
        if (!siblings.has(need) || need === task.id)
          report(
            [...here, 'needs', n],
            need,
            `name another task of ${procedure.id}: ${[...siblings].filter((one) => one !== task.id).join(', ')}`,
          );
      });
      if ('uses' in task && !known.steps.includes(task.uses))
        report([...here, 'uses'], task.uses, `name a step that exists: ${known.steps.join(', ')}`);
      if ('checks' in task)
        task.checks.forEach(({ uses }, c) => {
          if (!known.checks.includes(uses))
            report([...here, 'checks', c, 'uses'], uses, `name a check that exists: ${known.checks.join(', ')}`);
        });
      if ('ask' in task && !(task.ask.owner in plan.roles))
        report([...here, 'ask', 'owner'], task.ask.owner, `name one of the plan's roles: ${Object.keys(plan.roles).join(', ')}`);
    });
  });
  if (problems.length === 0) problems.push(...graphProblems(document, runbook));
  return problems;
};

/** Cycles, and references to tasks that are not before. */
const graphProblems = (document: LocatedDocument<Runbook>, runbook: Runbook): Problem[] => {
  const needs = taskNeeds(runbook);
  const before = (id: string, path: readonly string[] = []): ReadonlySet<string> => {
    const all = new Set<string>();
    for (const need of needs.get(id) ?? []) {
      if (path.includes(need)) throw new Cycle([...path.slice(path.indexOf(need)), need]);
      all.add(need);
      for (const further of before(need, [...path, need])) all.add(further);
    }
    return all;
  };
  const problems: Problem[] = [];
  runbook.procedures.forEach((procedure, p) =>
    procedure.tasks.forEach((task, t) => {
      const path = ['procedures', p, 'tasks', t];
      try {
        const earlier = before(task.id, [task.id]);
        for (const { task: named, text } of references(task))
          if (!earlier.has(named))
            problems.push({
              file: document.file,
              ...document.locate([...path, 'with']),
              value: text,
              fix: `${task.id} must need ${named}, whose output it takes`,
            });
      } catch (error) {
        if (!(error instanceof Cycle)) throw error;
        if (problems.length === 0)
          problems.push({
            file: document.file,
            ...document.locate([...path, 'needs']),
            value: error.round.join(' → '),
            fix: 'these need each other in a circle; remove one need',
          });
      }
    }),
  );
  return problems;
};

class Cycle extends Error {
  constructor(readonly round: readonly string[]) {
    super(round.join(' → '));
  }
}

/** What each task needs: its own needs, and every last task of the procedures its procedure needs. */
export const taskNeeds = (runbook: Runbook): ReadonlyMap<string, readonly string[]> => {
  const lastOf = new Map(
    runbook.procedures.map(({ id, tasks }) => [
      id,
      tasks.map((task) => task.id).filter((task) => !tasks.some(({ needs }) => needs.includes(task))),
    ]),
  );
  return new Map(
    runbook.procedures.flatMap((procedure) =>
      procedure.tasks.map(
        (task) => [task.id, [...new Set([...task.needs, ...procedure.needs.flatMap((need) => lastOf.get(need) ?? [])])]] as const,
      ),
    ),
  );
};
