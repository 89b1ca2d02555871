import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileJournal } from '../../../recovery/adapters/file-journal.js';
import { homeAt, savePlan, type Home } from '../../../recovery/adapters/home.js';
import { pastDurations } from '../../../recovery/adapters/past-durations.js';
import { hashOf } from '../../../recovery/model/canonical.js';
import { instant, milliseconds } from '../../../recovery/model/time.js';
import { durationsOf } from '../../../recovery/planning/duration-record.js';
import { opening, plan, recovers, type At } from '../../helpers/sample-run.js';

const hash = hashOf(plan);
const begin = milliseconds('2030-01-01T02:00:00.000Z');

describe('how long tasks of earlier runs took', () => {
  let directory: string;
  let home: Home;
  let said: string[];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'past-'));
    home = homeAt(directory);
    said = [];
  });
  afterEach(() => rm(directory, { recursive: true }));
  const ran = async (run: string, parts: readonly At[]): Promise<void> => {
    await savePlan(home, plan, hash);
    const journal = await openFileJournal(home.journal(run));
    for (const [index, [minute, happening]] of parts.entries())
      await journal.append(
        [happening.kind === 'opened' ? { ...happening, planHash: hash } : happening],
        instant(begin + minute * 60_000),
        index,
      );
    await journal.close();
  };
  let read = 0;
  const past = () => {
    read = 0;
    const counting: typeof durationsOf = (of) => (read++, durationsOf(of));
    return pastDurations(home, counting, (notice) => said.push(notice));
  };
  const took = [
    { uses: 'backup.choose-recovery-point', seconds: 0, source: 'drill', world: 'twin' },
    { uses: 'gate of web.answers-from-site', seconds: 60, source: 'drill', world: 'twin' },
    { uses: 'dns.cut-over', seconds: 0, source: 'drill', world: 'twin' },
    { uses: 'gate of dns.answers-from-site', seconds: 480, source: 'drill', world: 'twin' },
  ];

  it('are none where nothing was run', async () => {
    expect(await past()).toEqual([]);
  });

  it('are those of every run that ended, read once and the same ever after', async () => {
    await ran('one', [...opening, ...recovers]);
    await ran('two', [...opening, ...recovers]);
    await ran('three', [...opening, ...recovers.filter(([, { kind }]) => kind !== 'ended')]);
    expect(await past()).toEqual([...took, ...took]);
    expect(read).toBe(3);
    expect(await past()).toEqual([...took, ...took]);
    expect(read).toBe(0);
    expect(said).toEqual([]);
  });

  it('are read anew once the journal has grown', async () => {
    const held = recovers.slice(0, 3);
    await ran('one', [...opening, ...held]);
    expect(await past()).toEqual([]);
    const journal = await openFileJournal(home.journal('one'));
    for (const [minute, happening] of recovers.slice(3))
      await journal.append([happening], instant(begin + minute * 60_000), journal.sequence);
    await journal.close();
    expect(await past()).toEqual(took);
  });

  it.each([
    ['a journal that was changed', (text: string) => text.replace('"attempt":1', '"attempt":2')],
    ['a journal that lost a line', (text: string) => text.replace(/^.*\n/, '')],
  ])('leave out %s, and say so', async (_name, spoil) => {
    await ran('good', [...opening, ...recovers]);
    await ran('spoilt', [...opening, ...recovers]);
    await writeFile(home.journal('spoilt'), spoil(await readFile(home.journal('spoilt'), 'utf8')));
    expect(await past()).toEqual(took);
    expect(said).toEqual([expect.stringContaining('durations of run spoilt are left out: ')]);
  });

  it('leave out a run whose plan is gone, and do not believe what was kept and cannot be read', async () => {
    await ran('one', [...opening, ...recovers]);
    await past();
    await appendFile(home.durations('one'), 'x');
    expect(await past()).toEqual(took);
    await rm(home.plan(hash));
    await rm(home.durations('one'));
    expect(await past()).toEqual([]);
    expect(said).toEqual([expect.stringContaining('there is no plan')]);
  });
});
