import type { Problem } from '../model/recovery-error.js';
import type { KnownWork } from './load-plan.js';
import type { LocatedDocument } from './located-document.js';
import type { TaskOutline } from './runbook-outline.js';
import { schemaFaults } from './schema-faults.js';
import { valueAt } from './schema-at.js';

/** What a step or check is given, against what it says it takes. A reference stands for a value that nobody knows yet. */
export const inputProblems = (document: LocatedDocument<unknown>, tasks: readonly TaskOutline[], known: KnownWork): Problem[] =>
  tasks.flatMap(({ step, checks }) => [
    ...(step ? problemsOf(document, step, known.steps) : []),
    ...checks.flatMap((check) => problemsOf(document, check, known.checks)),
  ]);

const problemsOf = (
  document: LocatedDocument<unknown>,
  { name, with: given }: NonNullable<TaskOutline['step']>,
  registered: readonly Pick<KnownWork['checks'][number], 'uses' | 'input'>[],
): Problem[] => {
  const work = registered.find(({ uses }) => uses === name);
  if (!work || given.value === undefined) return [];
  const issues = work.input.safeParse(given.value).error?.issues ?? [];
  const open = issues.filter(({ path }) => !isReference(valueAt(given.value, path)));
  return schemaFaults(work.input, given.value, open).map(({ path, of, value, fix }) =>
    document.problemAt([...given.path, ...path], value, `${name}: ${fix}`, of),
  );
};

const isReference = (value: unknown): boolean => typeof value === 'string' && value.includes('${');
