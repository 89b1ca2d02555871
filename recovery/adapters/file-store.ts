/**
 * Runs in a folder: for one machine. A claim is replaced under a lock of its own, so that of two that want it one gets it; whoever dies with
 * the lock gives it back by dying.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lock } from 'proper-lockfile';
import { canonical } from '../model/canonical.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Claim, RunStore, Writer } from '../ports/run-store.js';
import { isBeingWritten, openFileJournal } from './file-journal.js';
import { latestOf, readJournal } from './read-file-journal.js';
import { readPlan, savePlan, type Home } from './home.js';
import { diedHere, writerInWords } from './this-process.js';
import { writeWhole } from './write-whole.js';

export const fileStore = (home: Home): RunStore => {
  const writerFile = (run: string): string => join(dirname(home.journal(run)), 'writer.json');
  const writerOf = async (run: string): Promise<Writer | null> => {
    if (!existsSync(home.journal(run)) || !(await isBeingWritten(home.journal(run)))) return null;
    const writer = await jsonIn<Writer>(writerFile(run));
    return writer && diedHere(writer) ? null : writer;
  };
  const known = async (run: string): Promise<void> => {
    if (existsSync(home.journal(run))) return;
    const runs = await namesIn(join(home.directory, 'runs'));
    const which = runs.length ? `known: ${runs.join(', ')}` : 'altsite run starts one';
    throw new RecoveryError('invalid', 'unknown-run', `there is no run ${run} in ${home.directory} ($ALTSITE_HOME); ${which}`);
  };
  return {
    place: home.directory,
    nameOf: (run) => home.journal(run),
    has: async (run) => existsSync(home.journal(run)),
    open: async (run, writer, summary) => {
      const journal = await openFileJournal(home.journal(run), summary).catch(async (error: unknown) => {
        if (!(error instanceof RecoveryError) || error.code !== 'journal-locked') throw error;
        throw lockedBy(run, await writerOf(run), error);
      });
      await writeWhole(writerFile(run), `${canonical(writer)}\n`);
      return journal;
    },
    read: async function* (run) {
      await known(run);
      yield* readJournal(home.journal(run));
    },
    latest: async (run) => {
      await known(run);
      return latestOf(home.journal(run));
    },
    writerOf,
    savePlan: (plan, hash) => savePlan(home, plan, hash),
    readPlan: (hash) => readPlan(home, hash),
    leave: (run, name, note) => writeWhole(join(home.inbox(run), `${name}.json`), `${JSON.stringify(note)}\n`),
    notes: async (run) => {
      const files = (await namesIn(home.inbox(run))).filter((file) => file.endsWith('.json'));
      return Promise.all(files.map(async (file) => [file.slice(0, -5), await jsonIn(join(home.inbox(run), file))] as const));
    },
    claimOf: (recovery) => jsonIn<Claim>(home.claim(recovery)),
    replaceClaim: async (recovery, held, next) => {
      const file = home.claim(recovery);
      await mkdir(dirname(file), { recursive: true });
      const release = await lock(file, {
        realpath: false,
        stale: 2_000,
        retries: { retries: 100, factor: 1, minTimeout: 20, maxTimeout: 60 },
      });
      try {
        if (canonical(await jsonIn(file)) !== canonical(held)) return false;
        await (next === null ? rm(file) : writeWhole(file, `${canonical(next)}\n`));
        return true;
      } finally {
        await release();
      }
    },
  };
};

/** What whoever comes second is told. */
export const lockedBy = (run: string, writer: Writer | null, cause?: unknown): RecoveryError =>
  new RecoveryError(
    'fenced',
    'journal-locked',
    `run ${run} is being carried out by ${writer ? writerInWords(writer) : 'another process'}; only one may carry out a run. Follow it with: altsite status ${run}`,
    { cause },
  );

const namesIn = async (directory: string): Promise<readonly string[]> => (await readdir(directory).catch(() => [])).sort();

/** Null where there is no such file. */
const jsonIn = async <T>(file: string): Promise<T | null> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : (JSON.parse(text) as T);
};
