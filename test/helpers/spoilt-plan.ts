import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { checks } from '../../recovery/checks/index.js';
import { RecoveryError, type Problem } from '../../recovery/model/recovery-error.js';
import { loadPlan, type PlanDocuments } from '../../recovery/planning/load-plan.js';
import { locatedDocument, type LocatedDocument } from '../../recovery/planning/located-document.js';
import { steps } from '../../recovery/steps/index.js';

export const planFileNames = ['settings.yaml', 'contingency-plan.yaml', 'recovery.yaml'] as const;
export type PlanFileName = (typeof planFileNames)[number];

/** A plan's documents by file name. */
export type Documents = Readonly<Record<string, string>>;
const read = (directory: string, files: readonly string[]): Documents =>
  Object.fromEntries(files.map((file) => [file, readFileSync(`${directory}/${file}`, 'utf8')]));
export const ambassify = read('plans/ambassify', planFileNames);
/** What Ambassify's does not use is in this one: systems, phases, a barrier, conditions. */
export const twoSystems = read('test/fixtures/two-systems', [
  'settings.yaml',
  'contingency-plan.yaml',
  'data.yaml',
  'service.yaml',
  'afterwards.yaml',
]);

/** Replaces each text in a document by another; it must be there. */
export const changedIn = (documents: Documents, file: string, ...changes: readonly (readonly [from: string, to: string])[]): string =>
  changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${file} has no ${from} to spoil`);
    return text.replace(from, to);
  }, documents[file] ?? '');

export const originalOf = (file: PlanFileName): string => ambassify[file] ?? '';
export const spoilt = (file: PlanFileName, ...changes: readonly (readonly [from: string, to: string])[]): string =>
  changedIn(ambassify, file, ...changes);

/** A plan of these documents. @throws RecoveryError with every problem. */
export const load = (documents: Documents, directory = 'plans/ambassify'): PlanDocuments =>
  loadPlan(directory, 'failover', (file) => documents[file] ?? null, { steps, checks }, remembering);

/** Ambassify's documents, some of them changed. */
export const loadChanged = (changed: Documents = {}, directory?: string): PlanDocuments => load({ ...ambassify, ...changed }, directory);

const originals = new Set([...Object.values(ambassify), ...Object.values(twoSystems)]);
const remembered = new Map<string, LocatedDocument<unknown>>();
/** Most documents of a test are not spoilt; reading those once makes it three times as quick. */
const remembering: typeof locatedDocument = (file, text, schema) => {
  if (!originals.has(text)) return locatedDocument(file, text, schema);
  const key = `${file}\n${text}`;
  const found = remembered.get(key) ?? locatedDocument(file, text, schema);
  remembered.set(key, found);
  return found as LocatedDocument<z.infer<typeof schema>>;
};

/** Null for documents that are valid. @throws whatever is not a located problem. */
export const problemsIn = (documents: Documents, directory?: string): readonly Problem[] | null => {
  try {
    load(documents, directory);
    return null;
  } catch (error) {
    if (error instanceof RecoveryError && error.code === 'invalid-plan') return error.problems;
    throw error;
  }
};
export const problemsOf = (changed: Documents, directory?: string): readonly Problem[] | null =>
  problemsIn({ ...ambassify, ...changed }, directory);

const told = (problems: readonly Problem[] | null): string[] => (problems ?? []).map(({ line, column, fix }) => `${line}:${column} ${fix}`);

/** `line:column fix`, each. */
export const toldOf = (file: PlanFileName, text: string): string[] => told(problemsOf({ [file]: text }));
/** The same of the plan of two systems, one of its documents changed. */
export const toldOfTwoSystems = (file: string, ...changes: [from: string, to: string][]): string[] =>
  told(problemsIn({ ...twoSystems, [file]: changedIn(twoSystems, file, ...changes) }));
