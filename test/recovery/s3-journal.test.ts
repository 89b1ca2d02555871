import { beforeEach, describe, expect, it } from '@jest/globals';
import { s3Store } from '../../recovery/adapters/s3-store.js';
import { thisProcess } from '../../recovery/adapters/this-process.js';
import type { Happening } from '../../recovery/model/journal-entry.js';
import type { RunStore } from '../../recovery/ports/run-store.js';
import { quickPulse, sharedS3Store } from '../helpers/run-stores.js';

const at = '2030-01-01T02:00:00.000Z';
const run = 'run-1';
const started = (task: string): Happening => ({ kind: 'started', task, attempt: 1 });

describe('a journal in a bucket', () => {
  let world: Awaited<ReturnType<typeof sharedS3Store>>['world'];
  let store: RunStore;
  let Bucket: string;
  beforeEach(async () => {
    const shared = await sharedS3Store();
    ({ world } = shared);
    store = shared.operator();
    Bucket = world.targets.site.journalBucket;
  });
  const tasks = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const entry of store.read(run)) if ('task' in entry) found.push(entry.task);
    return found;
  };

  it('has one object for each group, in the order of their first entries, locked for longer than a year', async () => {
    const journal = await store.open(run, thisProcess('cto'));
    await journal.append([started('a'), started('b')], at, 0);
    await journal.append([started('c')], at, 2);
    await journal.close();
    const { Contents } = await world.call<{ Contents: { Key: string }[] }>('s3', 'ListObjectsV2', {
      Bucket,
      Prefix: 'runs/run-1/journal/',
    });
    expect(Contents.map(({ Key }) => Key.slice(-18))).toEqual(['000000000001.jsonl', '000000000003.jsonl']);
    for (const { Key } of Contents) {
      const head = await world.call<{ VersionId: string }>('s3', 'HeadObject', { Bucket, Key });
      expect(head).toMatchObject({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date('2031-02-05T02:00:00.000Z') });
      const deletion = world.call('s3', 'DeleteObject', { Bucket, Key, VersionId: head.VersionId });
      await expect(deletion).rejects.toMatchObject({ code: 'AccessDenied' });
    }
    expect(await tasks()).toEqual(['a', 'b', 'c']);
  });

  it('is kept without locks where the bucket has none', async () => {
    const { region } = world.targets.site;
    await world.call('s3', 'CreateBucket', { Bucket: 'plain', CreateBucketConfiguration: { LocationConstraint: region } });
    const plain = s3Store({ s3: world.aws.s3(region), bucket: 'plain', region }, quickPulse);
    const journal = await plain.open(run, thisProcess('cto'));
    await journal.append([started('a')], at, 0);
    await journal.close();
    expect(await plain.has(run)).toBe(true);
  });

  it('takes what it wrote itself for its own when the answer was lost, and nobody else’s', async () => {
    const journal = await store.open(run, thisProcess('cto'));
    await journal.append([started('a')], at, 0);
    for (const kind of ['answer-lost', 'throttled'] as const) {
      world.troubled({ at: 1, kind });
      const before = journal.sequence;
      await journal.append([started(kind)], at, before);
      world.troubled(undefined);
    }
    expect(await tasks()).toEqual(['a', 'answer-lost', 'throttled']);
    await journal.close();
  });

  it('fences one of two writers of the same entry, though both would write the same', async () => {
    const one = await store.open(run, thisProcess('cto'));
    await one.append([started('a')], at, 0);
    // As if this one had stood still for long enough to be taken for dead.
    const key = 'runs/run-1/writer.json';
    await world.call('s3', 'PutObject', {
      Bucket,
      Key: key,
      Body: JSON.stringify({ ...thisProcess('x'), process: 2 ** 22 + 1, beat: 1, released: false }),
    });
    const other = await store.open(run, thisProcess('ceo'));
    await other.append([started('b')], at, 1);
    await expect(one.append([started('b')], at, 1)).rejects.toMatchObject({ kind: 'fenced' });
    expect(await tasks()).toEqual(['a', 'b']);
    await one.close();
    await other.close();
  });

  it('is taken over from a writer whose lease stands still, and not from one that shows life', async () => {
    const living = await store.open(run, thisProcess('cto'));
    await expect(store.open(run, thisProcess('ceo'))).rejects.toMatchObject({ code: 'journal-locked' });
    await living.close();
    const silent = { ...thisProcess('cto'), host: 'elsewhere', beat: 7, released: false };
    await world.call('s3', 'PutObject', { Bucket, Key: 'runs/run-1/writer.json', Body: JSON.stringify(silent) });
    const taken = await store.open(run, thisProcess('ceo'));
    expect(await store.writerOf(run)).toMatchObject({ by: 'ceo' });
    await taken.close();
  });

  it('is read page by page, and refuses a group that was changed or is missing', async () => {
    const journal = await store.open(run, thisProcess('cto'));
    const many = Array.from({ length: 1_002 }, (_, index) => `task-${index}`);
    for (const task of many) await journal.append([started(task)], at, journal.sequence);
    await journal.close();
    expect(await tasks()).toEqual(many);
    await world.call('s3', 'DeleteObject', { Bucket, Key: 'runs/run-1/journal/000000000700.jsonl' });
    await expect(tasks()).rejects.toMatchObject({ code: 'journal-broken', message: expect.stringContaining('line 700') });
    await expect(store.open(run, thisProcess('cto'))).rejects.toMatchObject({ code: 'journal-broken' });
  });

  it('names a bucket that is not there, and what to do', async () => {
    const { region } = world.targets.site;
    const nowhere = s3Store({ s3: world.aws.s3(region), bucket: 'nowhere', region }, quickPulse);
    await expect(nowhere.has(run)).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(/no bucket nowhere .* --store file/),
    });
  });
});
