import type { Problem } from '../model/recovery-error.js';
import type { KnownWork } from './load-plan.js';
import type { LocatedDocument } from './located-document.js';
import type { TaskOutline } from './runbook-outline.js';
import { referenceIn, replaced, systemName } from './references.js';
import { schemaFaults } from './schema-faults.js';
import { valueAt } from './schema-at.js';
import type { SystemOutline } from './systems-in.js';

/**
 * What a step or check is given, against what it says it takes. A reference stands for a value that nobody knows yet; what is taken of a system is known,
 * and has to fit for each.
 */
export const inputProblems = (
  document: LocatedDocument<unknown>,
  tasks: readonly TaskOutline[],
  systems: readonly SystemOutline[] | undefined,
  known: KnownWork,
): Problem[] =>
  tasks.flatMap(({ step, checks, procedure }) => {
    const each = procedure.fannedOut ? (systems ?? []) : [];
    return [
      ...(step ? problemsOf(document, step, each, known.steps) : []),
      ...checks.flatMap((check) => problemsOf(document, check, each, known.checks)),
    ];
  });

const problemsOf = (
  document: LocatedDocument<unknown>,
  { name, with: given }: NonNullable<TaskOutline['step']>,
  systems: readonly SystemOutline[],
  registered: readonly Pick<KnownWork['checks'][number], 'uses' | 'input'>[],
): Problem[] => {
  const work = registered.find(({ uses }) => uses === name);
  if (!work || given.value === undefined) return [];
  const faultsOf = (value: unknown, counts: (path: readonly PropertyKey[]) => boolean) => {
    const issues = work.input.safeParse(value).error?.issues ?? [];
    return schemaFaults(
      work.input,
      value,
      issues.filter(({ path }) => counts(path)),
    );
  };
  const problems = faultsOf(given.value, (path) => !isReference(valueAt(given.value, path))).map(({ path, of, value, fix }) =>
    document.problemAt([...given.path, ...path], value, `${name}: ${fix}`, of),
  );
  // What does not fit for one seldom fits for another: the first is enough to mend them.
  for (const { id, facts } of systems) {
    const faults = faultsOf(filledIn(given.value, facts), (path) => isOfSystem(valueAt(given.value, path)));
    if (faults.length === 0) continue;
    const wrong = faults.map(({ path, value, fix }) =>
      document.problemAt([...given.path, ...path], value, `${name}: for the system ${id?.name ?? 'without an id'}, ${fix}`),
    );
    return [...problems, ...wrong];
  }
  return problems;
};

const isOfSystem = (value: unknown): boolean => typeof value === 'string' && referenceIn(value)?.name === systemName;

/** A fact the system does not have is reported where it is asked for, and stays a reference. */
const filledIn = (value: unknown, facts: Readonly<Record<string, string>>): unknown =>
  replaced(value, (text) => {
    const reference = referenceIn(text);
    return reference?.name === systemName && Object.hasOwn(facts, reference.field) ? facts[reference.field] : text;
  });

const isReference = (value: unknown): boolean => typeof value === 'string' && value.includes('${');
