import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileJournal, readJournal } from '../../recovery/adapters/file-journal.js';

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

  const write = async (tasks: readonly string[]): Promise<void> => {
    const journal = await openFileJournal(file);
    for (const task of tasks) await journal.append([started(task)], at, journal.entries.length);
    await journal.close();
  };

  it('chains every entry to the one before, and reads back what was written', async () => {
    await write(['a', 'b']);
    await write(['c']);
    const { entries } = await readJournal(file);
    expect(entries.map((entry) => [entry.sequence, 'task' in entry && entry.task])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    expect(entries[2]?.previousHash).toBe(entries[1]?.hash);
  });

  it('cuts off a last line that a crash left unfinished, says so, and goes on', async () => {
    await write(['a', 'b']);
    const whole = await readFile(file, 'utf8');
    for (const length of [1, 20, whole.length / 4]) {
      await writeFile(file, whole + whole.slice(0, length));
      const journal = await openFileJournal(file);
      expect(journal.notice).toMatch(/^cut off \d+ bytes .* after entry 2$/);
      expect(journal.entries).toHaveLength(2);
      await journal.close();
      expect(await readFile(file, 'utf8')).toBe(whole);
    }
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
      await expect(readJournal(file)).rejects.toMatchObject({ code: 'journal-broken' });
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
