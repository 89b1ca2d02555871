import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isGone, thisProcess } from '../../recovery/adapters/this-process.js';
import { readWhole } from '../../recovery/cli/read-whole.js';
import { stateOf } from '../../recovery/cli/read-run.js';
import { runSummary } from '../../recovery/engine/run-summary.js';
import { canonical, hashOf } from '../../recovery/model/canonical.js';
import type { Happening } from '../../recovery/model/journal-entry.js';
import type { RunStore } from '../../recovery/ports/run-store.js';
import { realisticHappenings } from '../helpers/realistic-entries.js';
import { runStores, type SharedStore } from '../helpers/run-stores.js';
import { samplePlan } from '../helpers/sample-plan.js';

const at = '2030-01-01T02:00:00.000Z';
const run = 'run-1';
const writer = thisProcess('cto');
const plan = samplePlan([{ id: 'restore' }]);
const opened = (): Happening => {
  const [first] = realisticHappenings(1, 1);
  return { ...(first as Extract<Happening, { kind: 'opened' }>), planHash: hashOf(plan) };
};

describe.each(runStores)('%s', (_name, made) => {
  let shared: SharedStore;
  let store: RunStore;
  beforeEach(async () => {
    shared = await made();
    store = shared.operator();
  });
  afterEach(() => shared.gone());

  const write = async (happenings: readonly Happening[], group = happenings.length): Promise<void> => {
    const journal = await store.open(run, writer, runSummary());
    for (let from = 0; from < happenings.length; from += group)
      await journal.append(happenings.slice(from, from + group), at, journal.sequence);
    await journal.close();
  };

  it('gives another operator the run, its plan and its state', async () => {
    await store.savePlan(plan, hashOf(plan));
    await store.savePlan(plan, hashOf(plan));
    await write([opened(), { kind: 'started', task: 'restore', attempt: 1 }], 1);
    const other = shared.operator();
    expect(await readWhole(other, run)).toMatchObject({
      plan,
      entries: [
        { kind: 'opened', sequence: 1 },
        { kind: 'started', sequence: 2 },
      ],
    });
    expect((await stateOf(other, run)).tasks.get('restore')?.is).toBe('started');
    await write([{ kind: 'resumed', notice: '' }]);
    expect((await stateOf(other, run)).history.entries).toBe(3);
  });

  it('knows where a long run stands by its checkpoint, as by its whole journal', async () => {
    await write([...realisticHappenings(2_000, 20)], 25);
    const other = shared.operator();
    const { summary } = await other.latest(run);
    expect(summary).not.toBeNull();
    const whole = runSummary();
    for await (const entry of other.read(run)) whole.add(entry);
    const latest = runSummary();
    expect(canonical((await stateOf(other, run)).history)).toBe(canonical((JSON.parse(whole.text()) as { history: unknown }).history));
    expect(latest.text()).not.toBe(whole.text());
  });

  it('has one writer at a time, who is known, and is followed by another once it ends', async () => {
    const first = await store.open(run, writer);
    await first.append([opened()], at, 0);
    expect(await shared.operator().writerOf(run)).toEqual(writer);
    const second = shared.operator().open(run, thisProcess('ceo'));
    const { host, process, since } = writer;
    await expect(second).rejects.toMatchObject({
      kind: 'fenced',
      message: `run ${run} is being carried out by cto, process ${process} on ${host} since ${since}; only one may carry out a run. Follow it with: altsite status ${run}`,
    });
    await first.close();
    expect(await store.writerOf(run)).toBeNull();
    await (await shared.operator().open(run, thisProcess('ceo'))).close();
  });

  it('appends only where the journal ends as expected', async () => {
    const journal = await store.open(run, writer);
    await journal.append([opened()], at, 0);
    await expect(journal.append([opened()], at, 0)).rejects.toMatchObject({ kind: 'fenced' });
    expect(journal.sequence).toBe(1);
    await journal.close();
  });

  it('keeps notes by name, the last one of each', async () => {
    expect(await store.notes(run)).toEqual([]);
    for (const [name, by] of [
      ['tell', 'cto'],
      ['ask', 'ceo'],
      ['tell', 'ceo'],
    ] as const)
      await store.leave(run, name, { task: name, by });
    const expected = [
      ['ask', { task: 'ask', by: 'ceo' }],
      ['tell', { task: 'tell', by: 'ceo' }],
    ];
    expect(await shared.operator().notes(run)).toEqual(expected);
    expect(await shared.operator().notes(run)).toEqual(expected);
  });

  it('says which run or plan is missing, and where', async () => {
    const missing = async (): Promise<void> => {
      for await (const _ of store.read('nope')) throw new Error('there is one');
    };
    await expect(missing()).rejects.toMatchObject({ code: 'unknown-run', message: expect.stringContaining(store.place) });
    await expect(store.latest('nope')).rejects.toMatchObject({ code: 'unknown-run' });
    await expect(store.readPlan('0000')).rejects.toMatchObject({ code: 'unknown-plan', message: expect.stringContaining(store.place) });
    expect(await store.has('nope')).toBe(false);
  });

  it('lets a claim go from hand to hand in one piece', async () => {
    const claim = (by: string) => ({ ...thisProcess(by), run: null });
    const [one, other] = [claim('cto'), claim('ceo')];
    expect(await store.claimOf('recovery')).toBeNull();
    expect(await store.replaceClaim('recovery', null, one)).toBe(true);
    expect(await shared.operator().replaceClaim('recovery', null, other)).toBe(false);
    expect(await shared.operator().claimOf('recovery')).toEqual(one);
    expect(await store.replaceClaim('recovery', one, { ...one, run })).toBe(true);
    expect(await store.replaceClaim('recovery', one, null)).toBe(false);
    expect(await store.replaceClaim('recovery', { ...one, run }, null)).toBe(true);
    expect(await store.claimOf('recovery')).toBeNull();
    expect(await store.replaceClaim('recovery', null, other)).toBe(true);
  });
});

it('a process of this machine that ended is gone; one of another is, after a long silence', () => {
  expect(isGone(writer)).toBe(false);
  expect(isGone({ ...writer, process: 2 ** 22 + 1 })).toBe(true);
  expect(isGone({ ...writer, host: 'elsewhere' })).toBe(false);
  expect(isGone({ ...writer, host: 'elsewhere', since: '2020-01-01T00:00:00.000Z' })).toBe(true);
});
