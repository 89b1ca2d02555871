import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { canonical } from '../model/canonical.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import { planIn } from './plan-text.js';
import { writeWhole } from './write-whole.js';

/** The folder all state lives in (`$ALTSITE_HOME`, default ./.altsite). */
export interface Home {
  readonly directory: string;
  readonly journal: (run: string) => string;
  /** The report as a page, beside the journal. */
  readonly page: (run: string) => string;
  readonly inbox: (run: string) => string;
  readonly plan: (hash: string) => string;
  /** Who carries out a recovery. */
  readonly claim: (recovery: string) => string;
  /** How long the tasks of a finished run took, beside its journal. */
  readonly durations: (run: string) => string;
  /** That a rehearsal recovered with an assembly of this digest. */
  readonly testedAssembly: (digest: string) => string;
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
    claim: (recovery) => join(root, 'claims', `${recovery}.json`),
    testedAssembly: (digest) => join(root, 'tested-assemblies', `${digest}.json`),
    twins: join(root, 'twin'),
  };
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
  return planIn(text, hash, home.plan(hash));
};
