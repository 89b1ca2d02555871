import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { canonical, hashOf } from '../model/canonical.js';
import { planAsNow } from '../model/plan-as-now.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { JournalEntry } from '../model/journal-entry.js';
import { readJournal } from './file-journal.js';

/** The folder all state lives in (`$ALTSITE_HOME`, default ./.altsite). */
export interface Home {
  readonly directory: string;
  readonly journal: (run: string) => string;
  /** The report as a page, beside the journal. */
  readonly page: (run: string) => string;
  readonly inbox: (run: string) => string;
  readonly plan: (hash: string) => string;
  /** How long the tasks of a finished run took, beside its journal. */
  readonly durations: (run: string) => string;
  readonly twins: string;
}

export const homeAt = (directory: string): Home => {
  const root = resolve(directory);
  return {
    directory: root,
    journal: (run) => join(root, 'runs', run, 'journal.jsonl'),
    page: (run) => join(root, 'runs', run, 'report.html'),
    inbox: (run) => join(root, 'runs', run, 'inbox'),
    durations: (run) => join(root, 'runs', run, 'durations.json'),
    plan: (hash) => join(root, 'plans', `${hash}.json`),
    twins: join(root, 'twin'),
  };
};

/** Writes a file whole or not at all. */
export const writeWhole = async (file: string, text: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, text);
  await rename(`${file}.${process.pid}`, file);
};

export const savePlan = (home: Home, plan: Plan, hash: string): Promise<void> => writeWhole(home.plan(hash), `${canonical(plan)}\n`);

/** @throws RecoveryError `invalid` when there is no such plan, or it is not the one that was named. */
export const readPlan = async (home: Home, hash: string): Promise<Plan> => {
  const text = await readFile(home.plan(hash), 'utf8').catch((cause: unknown) => {
    throw new RecoveryError(
      'invalid',
      'unknown-plan',
      `there is no plan ${hash} in ${home.directory}; altsite plan makes one and says its hash`,
      { cause },
    );
  });
  const plan = JSON.parse(text) as Plan;
  if (hashOf(plan) !== hash)
    throw new RecoveryError('invalid', 'plan-altered', `${home.plan(hash)} is not the plan it is named for; restore it, or make another`);
  return planAsNow(plan);
};

/** A run's entries and its plan, without taking the journal's lock. @throws RecoveryError `invalid` for an unknown run, naming the known ones. */
export const readRun = async (home: Home, run: string): Promise<{ entries: readonly JournalEntry[]; plan: Plan; hash: string }> => {
  const { entries } = await readJournal(home.journal(run)).catch(async (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
    const known = await readdir(join(home.directory, 'runs')).catch(() => []);
    throw new RecoveryError(
      'invalid',
      'unknown-run',
      `there is no run ${run} in ${home.directory} ($ALTSITE_HOME); ${known.length ? `known: ${known.join(', ')}` : 'altsite run starts one'}`,
      { cause },
    );
  });
  const [opened] = entries;
  if (opened?.kind !== 'opened') throw new RecoveryError('invalid', 'empty-run', `run ${run} never opened; start another with altsite run`);
  return { entries, plan: await readPlan(home, opened.planHash), hash: opened.planHash };
};
