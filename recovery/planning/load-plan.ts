import type { z } from 'zod';
import { contradictions, settingsObject, type Settings } from '../../lib/contract/settings.js';
import type { Check } from '../kit/define-check.js';
import type { Step } from '../kit/define-step.js';
import type { Mode } from '../model/plan.js';
import { RecoveryError, type Problem } from '../model/recovery-error.js';
import { contingencyPlanProblems, rolesIn, teamsIn } from './contingency-plan-problems.js';
import { locatedDocument, type LocatedDocument } from './located-document.js';
import { runbookProblems } from './runbook-problems.js';
import { phasesIn } from './phases-in.js';
import { runbookOutline } from './runbook-outline.js';
import { contingencyPlanSchema, runbookFile, runbookSchema, type ContingencyPlan, type Runbook } from './schemas.js';
import { isRecord, valueAt } from './schema-at.js';
import { systemsIn } from './systems-in.js';

/** Everything people wrote, checked. */
export interface PlanDocuments {
  readonly settings: Settings;
  readonly contingencyPlan: ContingencyPlan;
  /** Of the mode they were read for, first to last. */
  readonly phases: readonly { readonly barrier: boolean; readonly runbook: Runbook }[];
}

/** What the registries know; they arrive as arguments, so that planning needs no step. */
export interface KnownWork {
  readonly steps: readonly Pick<Step, 'uses' | 'input' | 'produces'>[];
  readonly checks: readonly Pick<Check, 'uses' | 'input'>[];
}

/**
 * Reads settings.yaml, contingency-plan.yaml and the runbook of every phase of `mode` through `read` (relative file name → text, or null where there is none).
 * `located` may remember documents that have not changed.
 * @throws RecoveryError `invalid` with every problem of every document at once.
 */
export const loadPlan = (
  directory: string,
  mode: Mode,
  read: (file: string) => string | null,
  known: KnownWork,
  located = locatedDocument,
): PlanDocuments => {
  const load = <T>(name: string, schema: z.ZodType<T>): LocatedDocument<T> => {
    const text = read(name);
    const file = `${directory}/${name}`;
    return text === null ? missing(file) : located(file, text, schema);
  };
  const settings = load<Settings>('settings.yaml', settingsObject);
  const contingencyPlan = load<ContingencyPlan>('contingency-plan.yaml', contingencyPlanSchema);
  const { raw } = contingencyPlan;
  const problems: Problem[] = [...settings.problems, ...contingencyPlan.problems];
  for (const { path, message } of contradictions(settings.raw))
    problems.push(settings.problemAt(path, valueAt(settings.raw, path), message));
  if (raw !== undefined) problems.push(...contingencyPlanProblems(contingencyPlan));
  const named = phasesIn(raw).filter(({ modes }) => modes.includes(mode));
  if (isRecord(raw) && Array.isArray(raw['phases']) && raw['phases'].length && !named.length)
    problems.push(contingencyPlan.problemAt(['phases'], mode, `no phase belongs to a ${mode}; add ${mode} to the modes of those that do`));
  const phases = named.map(({ name, barrier, runbook: file }, order) => {
    // What is no name of a file beside the plan is the schema's to report, and never read.
    const runbook = file !== undefined && runbookFile.test(file) ? load<Runbook>(file, runbookSchema) : undefined;
    return { name, barrier, runbook, procedures: runbookOutline(runbook?.raw, { order, barrier }) };
  });
  const around = { teams: setOf(teamsIn(raw)), roles: setOf(rolesIn(raw)), systems: systemsIn(raw) };
  for (const [order, { name, runbook, procedures }] of phases.entries()) {
    if (!runbook) continue;
    problems.push(...runbook.problems);
    const [earlier, later] = [phases.slice(0, order), phases.slice(order + 1)].map((some) => some.flatMap((one) => one.procedures));
    const unread = phases.slice(0, order).some((one) => one.runbook?.raw === undefined);
    if (runbook.raw !== undefined)
      problems.push(...runbookProblems(runbook, procedures, { ...around, phase: name, earlier: earlier!, later: later!, unread }, known));
  }
  const runbooks = phases.flatMap(({ barrier, runbook }) => (runbook?.value ? [{ barrier, runbook: runbook.value }] : []));
  if (problems.length || !settings.value || !contingencyPlan.value || runbooks.length < phases.length)
    throw new RecoveryError(
      'invalid',
      'invalid-plan',
      `${problems.length} problem${problems.length === 1 ? '' : 's'} in ${directory}; nothing was started`,
      { problems: inOrder(problems) },
    );
  return { settings: settings.value, contingencyPlan: contingencyPlan.value, phases: runbooks };
};

const setOf = (names: readonly string[] | undefined): ReadonlySet<string> | undefined => names && new Set(names);

const missing = <T>(file: string): LocatedDocument<T> => {
  const problemAt = (_path: unknown, value: unknown, fix: string): Problem => ({ file, line: 1, column: 1, value, fix });
  const problem = problemAt([], null, 'there is no such file; create it, or name another directory with --plans');
  return { file, value: undefined, raw: undefined, problems: [problem], problemAt };
};

/** By file as they were read, then down the page. */
const inOrder = (problems: readonly Problem[]): Problem[] => {
  const files = [...new Set(problems.map(({ file }) => file))];
  return problems.toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column);
};
