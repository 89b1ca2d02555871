import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileJournal } from '../../recovery/adapters/file-journal.js';
import { latestOf, readJournal } from '../../recovery/adapters/read-file-journal.js';
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

it('fifty thousand entries are read as they are asked for: of a file that is cut short meanwhile, the rest was not read before', async () => {
  const copy = `${file}.copy`;
  await copyFile(file, copy);
  let read = 0;
  for await (const entry of readJournal(copy)) {
    if (entry.sequence === 1) await truncate(copy, 1 << 20);
    read = entry.sequence;
  }
  expect(read).toBeGreaterThan(1_000);
  expect(read).toBeLessThan(count / 5);
});

it('what they come to is known from their last part', async () => {
  let entries = 0;
  for await (const _ of (await latestOf(file)).entries) entries += 1;
  expect(entries).toBeGreaterThan(0);
  expect(entries).toBeLessThan(count / 2);
  const { tasks, history } = await foldAll(readJournal(file));
  expect({ tasks: tasks.size, enough: history.entries >= count }).toEqual({ tasks: 1_000, enough: true });
}, 60_000);
