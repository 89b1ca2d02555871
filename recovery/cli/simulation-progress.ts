import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Home } from '../adapters/home.js';
import { hashOf } from '../model/canonical.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { SeedResult } from '../simulation/seed-result.js';

/** What makes two simulations one and the same. */
export interface SimulationKey {
  readonly plan: unknown;
  readonly fromSeed: number;
  readonly seeds: number;
  readonly faults: readonly string[];
}

/** The seeds of one simulation that are done, kept as lines of a file. */
export interface Progress {
  readonly results: SeedResult[];
  keep(results: readonly SeedResult[]): void;
}

/** Begins anew, or goes on where the same simulation was interrupted. @throws RecoveryError `invalid` when there is nothing to go on with. */
export const progressOf = (home: Home, key: SimulationKey, resume: boolean): Progress => {
  const file = join(home.directory, 'simulations', hashOf(key).slice(0, 12), 'results.jsonl');
  mkdirSync(dirname(file), { recursive: true });
  if (resume && !existsSync(file))
    throw new RecoveryError(
      'invalid',
      'nothing-to-resume',
      `there is no such simulation in ${home.directory}; leave --resume out to begin one`,
    );
  const results = resume ? whole(readFileSync(file, 'utf8')) : [];
  // A line that an interruption left unfinished is simulated again.
  writeFileSync(file, results.map(line).join(''));
  return {
    results,
    keep: (more) => {
      appendFileSync(file, more.map(line).join(''));
      results.push(...more);
    },
  };
};

const line = (result: SeedResult): string => `${JSON.stringify(result)}\n`;

const whole = (text: string): SeedResult[] =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((one) => one !== '')
    .map((one) => JSON.parse(one) as SeedResult);
