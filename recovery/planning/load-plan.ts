import { settingsSchema, type Settings } from '../../lib/contract/settings.js';
import { RecoveryError, type Problem } from '../model/recovery-error.js';
import { locatedDocument } from './located-document.js';
import { contingencyPlanSchema, runbookSchema, type ContingencyPlan, type Runbook } from './schemas.js';
import { runbookProblems } from './runbook-problems.js';

/** Everything people wrote, checked. */
export interface PlanDocuments {
  readonly settings: Settings;
  readonly contingencyPlan: ContingencyPlan;
  readonly runbook: Runbook;
}

/** What the registries know: names only, so that planning needs no step. */
export interface KnownWork {
  readonly steps: readonly string[];
  readonly checks: readonly string[];
}

/**
 * Reads settings.yaml, contingency-plan.yaml and the runbook of `phase` through `read` (relative file name → text, or null where there is none).
 * @throws RecoveryError `invalid` with every problem of every document at once.
 */
export const loadPlan = (directory: string, phase: string, read: (file: string) => string | null, known: KnownWork): PlanDocuments => {
  const problems: Problem[] = [];
  const load = <T>(name: string, schema: Parameters<typeof locatedDocument<T>>[2]) => {
    const file = `${directory}/${name}`;
    const text = read(name);
    if (text === null) {
      problems.push({
        file,
        line: 1,
        column: 1,
        value: null,
        fix: 'there is no such file; create it, or name another directory with --plans',
      });
      return undefined;
    }
    const document = locatedDocument(file, text, schema);
    problems.push(...document.problems);
    return document;
  };
  const settings = load<Settings>('settings.yaml', settingsSchema);
  const contingencyPlan = load<ContingencyPlan>('contingency-plan.yaml', contingencyPlanSchema);
  const named = contingencyPlan?.value?.phases.find(({ id }) => id === phase)?.runbook;
  if (contingencyPlan?.value && named === undefined)
    problems.push({
      file: contingencyPlan.file,
      ...contingencyPlan.locate(['phases']),
      value: phase,
      fix: `add the phase ${phase} with its runbook`,
    });
  const runbook = named === undefined ? undefined : load<Runbook>(named, runbookSchema);
  if (runbook?.value && contingencyPlan?.value) problems.push(...runbookProblems(runbook, runbook.value, contingencyPlan.value, known));
  if (problems.length || !settings?.value || !contingencyPlan?.value || !runbook?.value)
    throw new RecoveryError(
      'invalid',
      'invalid-plan',
      `${problems.length} problem${problems.length === 1 ? '' : 's'} in ${directory}; nothing was started`,
      { problems },
    );
  return { settings: settings.value, contingencyPlan: contingencyPlan.value, runbook: runbook.value };
};
