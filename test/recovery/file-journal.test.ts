import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileJournal } from '../../recovery/adapters/file-journal.js';
import { readJournal } from '../../recovery/adapters/read-file-journal.js';
import type { JournalEntry } from '../../recovery/model/journal-entry.js';

const at = '2030-01-01T02:00:00.000Z';
const started = (task: string) => ({ kind: 'started', task, attempt: 1 }) as const;

describe('a journal file', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'journal-'));
    file = join(directory, 'journal.jsonl');
  });
  afterEach(() => rm(directory, { recursive: true }));

  const write = async (...groups: readonly (readonly string[])[]): Promise<void> => {
    const journal = await openFileJournal(file);
    for (const tasks of groups) await journal.append(tasks.map(started), at, journal.sequence);
    await journal.close();
  };
  const read = async (): Promise<readonly JournalEntry[]> => {
    const entries: JournalEntry[] = [];
    for await (const entry of readJournal(file)) entries.push(entry);
    return entries;
  };

  it('chains every entry to the one before, written alone or in a group, and reads back what was written', async () => {
    await write(['a'], ['b', 'c']);
    await write(['d']);
    const entries = await read();
    expect(entries.map((entry) => [entry.sequence, 'task' in entry && entry.task])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
      [4, 'd'],
    ]);
    entries.slice(1).forEach((entry, index) => expect(entry.previousHash).toBe(entries[index]?.hash));
  });

  it('gives back the entries that were asked for, and writes nothing for nothing', async () => {
    const journal = await openFileJournal(file);
    expect(await journal.append([], at, 0)).toEqual([]);
    expect(await journal.append([started('a'), started('b')], at, 0)).toEqual(await read());
    expect(journal.sequence).toBe(2);
    await journal.close();
  });

  it('cuts off a last line that a crash left unfinished, says so, and goes on', async () => {
    await write(['a', 'b']);
    const whole = await readFile(file, 'utf8');
    for (const length of [1, 20, whole.length / 4]) {
      await writeFile(file, whole + whole.slice(0, length));
      expect(await read()).toHaveLength(2);
      const journal = await openFileJournal(file);
      expect(journal.notice).toMatch(/^cut off \d+ bytes .* after entry 2$/);
      expect(journal.sequence).toBe(2);
      await journal.close();
      expect(await readFile(file, 'utf8')).toBe(whole);
    }
  });

  it('keeps of a group that a crash tore what was whole', async () => {
    await write(['a'], ['b', 'c', 'd']);
    const whole = await readFile(file, 'utf8');
    await writeFile(file, whole.slice(0, -20));
    await write(['e']);
    expect((await read()).map((entry) => 'task' in entry && entry.task)).toEqual(['a', 'b', 'c', 'e']);
  });

  it('refuses a chain in which a byte was changed, a line removed or two swapped', async () => {
    await write(['a', 'b', 'c']);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const [first = '', second = '', third = ''] = lines;
    for (const broken of [
      [first.replace('"a"', '"x"'), second, third],
      [first, third],
      [second, first, third],
    ]) {
      await writeFile(file, `${broken.join('\n')}\n`);
      await expect(read()).rejects.toMatchObject({ code: 'journal-broken' });
      await expect(openFileJournal(file)).rejects.toMatchObject({ code: 'journal-broken' });
    }
  });

  it('lets one process write: the second is fenced, and so is one whose journal moved on', async () => {
    const first = await openFileJournal(file);
    await first.append([started('a')], at, 0);
    await expect(first.append([started('b')], at, 0)).rejects.toMatchObject({ kind: 'fenced' });
    await appendFile(file, 'x\n');
    await expect(first.append([started('b')], at, 1)).rejects.toMatchObject({ kind: 'fenced' });
    await writeFile(file, '');
    await expect(openFileJournal(file)).rejects.toMatchObject({ kind: 'fenced', code: 'journal-locked' });
    await first.close();
  });
});
