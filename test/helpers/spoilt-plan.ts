import { readFileSync } from 'node:fs';
import { checks } from '../../recovery/checks/index.js';
import { RecoveryError, type Problem } from '../../recovery/model/recovery-error.js';
import { loadPlan, type PlanDocuments } from '../../recovery/planning/load-plan.js';
import { steps } from '../../recovery/steps/index.js';

export const planFileNames = ['settings.yaml', 'contingency-plan.yaml', 'recovery.yaml'] as const;
export type PlanFileName = (typeof planFileNames)[number];
export const originalOf = (file: PlanFileName): string => readFileSync(`plans/ambassify/${file}`, 'utf8');

/** Replaces each text by another; it must be there. */
export const spoilt = (file: PlanFileName, ...changes: readonly (readonly [from: string, to: string])[]): string =>
  changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${file} has no ${from} to spoil`);
    return text.replace(from, to);
  }, originalOf(file));

type Documents = Readonly<Record<string, string>>;

/** Ambassify's documents, some of them changed. */
export const loadChanged = (changed: Documents = {}, directory = 'plans/ambassify'): PlanDocuments =>
  loadPlan(
    directory,
    'recovery',
    (file) => changed[file] ?? (planFileNames.includes(file as PlanFileName) ? originalOf(file as PlanFileName) : null),
    { steps, checks },
  );

/** Null for documents that are valid. @throws whatever is not a located problem. */
export const problemsOf = (changed: Documents, directory?: string): readonly Problem[] | null => {
  try {
    loadChanged(changed, directory);
    return null;
  } catch (error) {
    if (error instanceof RecoveryError && error.code === 'invalid-plan') return error.problems;
    throw error;
  }
};

/** `line:column fix`, each. */
export const toldOf = (file: PlanFileName, text: string): string[] =>
  (problemsOf({ [file]: text }) ?? []).map(({ line, column, fix }) => `${line}:${column} ${fix}`);
