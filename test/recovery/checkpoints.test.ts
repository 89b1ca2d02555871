import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileJournal } from '../../recovery/adapters/file-journal.js';
import { latestOf, readJournal } from '../../recovery/adapters/read-file-journal.js';
import { fold } from '../../recovery/engine/fold.js';
import { latestState, runSummary } from '../../recovery/engine/run-summary.js';
import type { JournalEntry } from '../../recovery/model/journal-entry.js';
import type { RunState } from '../../recovery/model/run-state.js';
import { realisticHappenings } from '../helpers/realistic-entries.js';

const at = '2030-01-01T02:00:00.000Z';
let directory: string;
let file: string;
let checkpoint: string;
let kept: string;
let whole: RunState;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  file = join(directory, 'journal.jsonl');
  checkpoint = `${file}.checkpoint`;
  const journal = await openFileJournal(file, runSummary());
  const happenings = [...realisticHappenings(3_000, 50)];
  for (let from = 0; from < happenings.length; from += 7) await journal.append(happenings.slice(from, from + 7), at, journal.sequence);
  await journal.close();
  kept = await readFile(checkpoint, 'utf8');
  const entries: JournalEntry[] = [];
  for await (const entry of readJournal(file)) entries.push(entry);
  whole = fold(entries);
});
afterAll(() => rm(directory, { recursive: true }));

const latest = () => latestOf(file);
const stateNow = (): Promise<RunState> => latestState(latest, () => readJournal(file));

describe('a checkpoint', () => {
  it('gives the state that the whole journal gives, from a small part of it', async () => {
    await writeFile(checkpoint, kept);
    expect(await stateNow()).toEqual(whole);
    let read = 0;
    for await (const entry of (await latest()).entries) read += JSON.stringify(entry).length;
    expect(read).toBeLessThan((await stat(file)).size / 2);
  });

  it('is not believed where there is none, or it is another journal’s', async () => {
    for (const text of ['', '{}', kept.replace(/"sequence":\d+/, '"sequence":1'), `${kept.split('\n')[0]}\n{}\n`]) {
      await writeFile(checkpoint, text);
      expect((await latest()).summary).toBeNull();
      expect(await stateNow()).toEqual(whole);
    }
  });

  it('is never believed once any byte of it was changed, and does no harm', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom('put in', 'taken out', 'changed'),
        fc.constantFrom(...'0123456789abcdef"{}[],:x\n'),
        async (place, how, mark) => {
          // Half of the times in what it says of itself, else in the state.
          const where = place % 2 ? place % kept.indexOf('\n') : place % kept.length;
          const bad = kept.slice(0, where) + (how === 'taken out' ? '' : mark) + kept.slice(how === 'put in' ? where : where + 1);
          await writeFile(checkpoint, bad);
          const { summary } = await latest();
          // What says the same in other words (a nought before a number) may be believed: it is the same.
          if (summary !== null) expect(summary).toBe(kept.split('\n')[1]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(['sequence', 'offset', 'hash'])('is not believed with another %s', async (field) => {
    const [place = '', state = ''] = kept.split('\n');
    await fc.assert(
      fc.asyncProperty(field === 'hash' ? fc.stringMatching(/^[0-9a-f]{64}$/) : fc.nat(2_000_000), async (value) => {
        const said = JSON.parse(place) as Record<string, unknown>;
        if (said[field] === value) return;
        await writeFile(checkpoint, `${JSON.stringify({ ...said, [field]: value })}\n${state}\n`);
        expect((await latest()).summary).toBeNull();
      }),
      { numRuns: 100 },
    );
    expect(await stateNow()).toEqual(whole);
  });

  it('is not believed with any member of its state changed', async () => {
    const [place = '', state = ''] = kept.split('\n');
    for (const member of Object.keys(JSON.parse(state) as object)) {
      await writeFile(checkpoint, `${place}\n${JSON.stringify({ ...(JSON.parse(state) as object), [member]: 'tampered' })}\n`);
      expect({ member, summary: (await latest()).summary }).toEqual({ member, summary: null });
    }
    expect(await stateNow()).toEqual(whole);
  });

  it('hides nothing of a journal that was changed after it', async () => {
    await writeFile(checkpoint, kept);
    const text = await readFile(file, 'utf8');
    const last = text.trimEnd().lastIndexOf('\n') + 1;
    await writeFile(file, text.slice(0, last) + text.slice(last).replace('restore', 'destroy'));
    await expect(stateNow()).rejects.toMatchObject({ code: 'journal-broken' });
    await writeFile(file, text);
  });
});
