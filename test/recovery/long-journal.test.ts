import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { latestOf, openFileJournal, readJournal } from '../../recovery/adapters/file-journal.js';
import { foldAll } from '../../recovery/engine/fold.js';
import { runSummary } from '../../recovery/engine/run-summary.js';
import { realisticHappenings } from '../helpers/realistic-entries.js';

const count = 50_000;
let directory: string;
let file: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'long-'));
  file = join(directory, 'journal.jsonl');
  const journal = await openFileJournal(file, runSummary());
  const happenings = [...realisticHappenings(count, 1_000)];
  for (let from = 0; from < count; from += 1_000)
    await journal.append(happenings.slice(from, from + 1_000), '2030-01-01T02:00:00.000Z', journal.sequence);
  await journal.close();
}, 60_000);
afterAll(() => rm(directory, { recursive: true }));

it('fifty thousand entries are read a few at a time: most of the file is never held at once', async () => {
  const { size } = await stat(file);
  let most = 0;
  let read = 0;
  const before = process.memoryUsage().heapUsed;
  for await (const entry of readJournal(file)) {
    read = entry.sequence;
    if (read % 5_000 === 0) {
      globalThis.gc?.();
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
  }
  expect(read).toBeGreaterThanOrEqual(count);
  // Without a collector to call, what was let go counts too; even then all entries as objects would be several times the file.
  expect(most).toBeLessThan(size * 4);
}, 60_000);

it('what they come to is known from their last part', async () => {
  let entries = 0;
  for await (const _ of (await latestOf(file)).entries) entries += 1;
  expect(entries).toBeGreaterThan(0);
  expect(entries).toBeLessThan(count / 2);
  expect((await foldAll(readJournal(file))).tasks.size).toBe(1_000);
}, 60_000);
