import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { checks } from '../../recovery/checks/index.js';
import { RecoveryError, type Problem } from '../../recovery/model/recovery-error.js';
import { loadPlan, type PlanDocuments } from '../../recovery/planning/load-plan.js';
import { locatedDocument, type LocatedDocument } from '../../recovery/planning/located-document.js';
import { steps } from '../../recovery/steps/index.js';

export const planFileNames = ['settings.yaml', 'contingency-plan.yaml', 'recovery.yaml'] as const;
export type PlanFileName = (typeof planFileNames)[number];
const originals = new Map(planFileNames.map((file) => [file, readFileSync(`plans/ambassify/${file}`, 'utf8')]));
export const originalOf = (file: PlanFileName): string => originals.get(file) ?? '';

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
    'failover',
    (file) => changed[file] ?? (planFileNames.includes(file as PlanFileName) ? originalOf(file as PlanFileName) : null),
    { steps, checks },
    remembering,
  );

const remembered = new Map<string, LocatedDocument<unknown>>();
/** Most documents of a test are not spoilt; reading those once makes it three times as quick. */
const remembering: typeof locatedDocument = (file, text, schema) => {
  const name = file.split('/').at(-1) as PlanFileName;
  if (!planFileNames.includes(name) || text !== originalOf(name)) return locatedDocument(file, text, schema);
  const found = remembered.get(file) ?? locatedDocument(file, text, schema);
  remembered.set(file, found);
  return found as LocatedDocument<z.infer<typeof schema>>;
};

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
