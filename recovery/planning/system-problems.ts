import type { Problem } from '../model/recovery-error.js';
import type { LocatedDocument } from './located-document.js';
import { nearest } from './nearest.js';
import { systemName } from './references.js';
import type { ProcedureOutline } from './runbook-outline.js';
import type { SystemOutline } from './systems-in.js';

/** What a runbook says of systems that cannot be: each of none, or in a place that is read as it is written. */
export const systemProblems = (
  document: LocatedDocument<unknown>,
  procedures: readonly ProcedureOutline[],
  systems: readonly SystemOutline[] | undefined,
): Problem[] =>
  procedures.flatMap(({ fannedOut, tasks }) => [
    ...(fannedOut?.name === 'systems' && systems?.length === 0
      ? [document.problemAt(fannedOut.path, fannedOut.name, 'the contingency plan names no systems; add them there, or remove this')]
      : []),
    ...tasks.flatMap(({ id, request }) => [
      ...(id?.name === systemName
        ? [document.problemAt(id.path, id.name, `"\${${systemName}.name}" takes a fact of the system; choose another id`)]
        : []),
      ...(request?.name.includes('${')
        ? [document.problemAt(request.path, request.name, 'a request is read as it is written; remove the reference')]
        : []),
    ]),
  ]);

/** What is wrong with `${system.field}` in a task of this procedure; undefined where nothing is. */
export const systemReferenceFix = (
  field: string,
  { fannedOut }: ProcedureOutline,
  systems: readonly SystemOutline[] | undefined,
): string | undefined => {
  if (!fannedOut) return 'this task is for no system; say for: systems in its procedure, or write the value';
  const lacking = systems?.find(({ facts }) => !Object.hasOwn(facts, field));
  if (!systems || !lacking) return undefined;
  const name = lacking.id?.name ?? 'of the contingency plan';
  const meant = nearest(field, Object.keys(lacking.facts));
  return `the system ${name} has no fact ${field}; ${meant === undefined ? `it has: ${Object.keys(lacking.facts).join(', ')}; add it` : `did you mean ${meant}?`}`;
};
