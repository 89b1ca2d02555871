import { open, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonical, sha256 } from '../model/canonical.js';
import type { JournalEntry } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Took } from '../model/task-duration.js';
import { readJournal } from './read-file-journal.js';
import { readPlan, type Home } from './home.js';
import { writeWhole } from './write-whole.js';

/** What makes durations of a run's entries (`planning/duration-record.ts`). */
export type DurationsOf = (plan: Plan) => { entry(entry: JournalEntry): void; took(): readonly Took[] };

/** What one reading of a journal gave, kept beside it: good for as long as the journal has this length and this end. */
const keptSchema = z.strictObject({
  version: z.literal(2),
  journal: z.string(),
  took: z.array(
    z.strictObject({ uses: z.string(), seconds: z.number(), source: z.enum(['drill', 'history']), world: z.enum(['aws', 'twin']) }),
  ),
});

/** How long the tasks of every finished run here took. A journal that does not verify counts for nothing, and is said. */
export const pastDurations = async (home: Home, durationsIn: DurationsOf, say: (notice: string) => void): Promise<readonly Took[]> => {
  const runs = await readdir(join(home.directory, 'runs')).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
  const took: Took[] = [];
  for (const run of runs.sort()) {
    const journal = await journalNow(home.journal(run));
    if (journal === null) continue;
    const known = await keptOf(home, run, journal);
    if (known) {
      took.push(...known);
      continue;
    }
    try {
      const found = await measured(home, run, durationsIn);
      await writeWhole(home.durations(run), `${canonical({ version: 2, journal, took: found })}\n`);
      took.push(...found);
    } catch (error) {
      if (!(error instanceof RecoveryError)) throw error;
      say(`durations of run ${run} are left out: ${error.message}`);
    }
  }
  return took;
};

/** A run that has not ended says nothing yet. @throws RecoveryError where its journal or its plan is not what it should be. */
const measured = async (home: Home, run: string, durationsIn: DurationsOf): Promise<readonly Took[]> => {
  let durations: ReturnType<DurationsOf> | undefined;
  let hasEnded = false;
  for await (const entry of readJournal(home.journal(run))) {
    if (entry.kind === 'opened') durations = durationsIn(await readPlan(home, entry.planHash));
    hasEnded ||= entry.kind === 'ended';
    durations?.entry(entry);
  }
  return hasEnded && durations ? durations.took() : [];
};

const endBytes = 4_096;

/** Length and end of a journal, whose last line's hash covers all before it; null where there is none. */
const journalNow = async (file: string): Promise<string | null> => {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    return null;
  });
  if (!handle) return null;
  try {
    const { size } = await handle.stat();
    const end = Buffer.alloc(Math.min(endBytes, size));
    await handle.read(end, 0, end.length, size - end.length);
    return `${size} ${sha256(end.toString('latin1'))}`;
  } finally {
    await handle.close();
  }
};

const keptOf = async (home: Home, run: string, journal: string): Promise<readonly Took[] | null> => {
  const text = await readFile(home.durations(run), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const kept = keptSchema.safeParse(JSON.parse(text));
    return kept.success && kept.data.journal === journal ? kept.data.took : null;
  } catch {
    return null;
  }
};
