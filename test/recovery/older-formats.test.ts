import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from '../../recovery/adapters/file-store.js';
import { homeAt } from '../../recovery/adapters/home.js';
import { thisProcess } from '../../recovery/adapters/this-process.js';
import { main } from '../../recovery/cli/main.js';
import { readRun } from '../../recovery/cli/read-run.js';
import { readWhole } from '../../recovery/cli/read-whole.js';
import { runPlan } from '../../recovery/engine/run-plan.js';
import { runSummary } from '../../recovery/engine/run-summary.js';
import { Chain } from '../../recovery/model/chain.js';
import { currentFormat } from '../../recovery/model/formats/index.js';
import type { Happening } from '../../recovery/model/journal-entry.js';
import { capturedConsole } from '../helpers/captured-console.js';
import { noEffects, sampleWorld, stepsFor } from '../helpers/sample-world.js';

/** Written by the version before journals had formats, interrupted while it restored. */
const fixture = 'test/fixtures/format-0';
const run = '20300101-0200-0f0f';

describe('a journal of an older format', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'older-'));
    await cp(fixture, directory, { recursive: true });
  });
  afterEach(() => rm(directory, { recursive: true }));
  const store = () => fileStore(homeAt(directory));
  const altsite = async (...argv: string[]) => {
    const { console, said } = capturedConsole({ ALTSITE_HOME: directory });
    return { code: await main(argv, { ...console, cwd: directory }), ...said };
  };

  it('is read as today’s, though its chain is that of what was written', async () => {
    const { entries } = await readWhole(store(), run);
    expect(entries[0]).toMatchObject({ kind: 'opened', format: currentFormat });
    const written = (await readFile(join(directory, 'runs', run, 'journal.jsonl'), 'utf8')).split('\n')[0] ?? '';
    expect(written).not.toContain('"format"');
    expect(entries[0]?.hash).toBe((JSON.parse(written) as { hash: string }).hash);
  });

  it('reports and says where it stands', async () => {
    expect(await altsite('report', run)).toMatchObject({ code: 0, out: expect.stringContaining(run) });
    const { code, out } = await altsite('status', run, '--json');
    expect({ code, status: JSON.parse(out) as unknown }).toMatchObject({ code: 0, status: { outcome: 'running', asOf: { entry: 4 } } });
  });

  it('resumes to its end, and says from where on it is of today’s format', async () => {
    const { plan } = await readRun(store(), run);
    const journal = await store().open(run, thisProcess('test'), runSummary());
    // What it had begun is there.
    const effects = { ...noEffects(), done: [{ task: 'restore', token: `${run}/restore/1` }] };
    const { outcome } = await runPlan(plan, journal, sampleWorld(effects, stepsFor(plan, effects)));
    await journal.close();
    expect(outcome).toBe('recovered');
    const { entries } = await readWhole(store(), run);
    expect(entries[4]).toMatchObject({ sequence: 5, kind: 'continued', format: currentFormat });
    expect(entries.filter(({ kind }) => kind === 'continued')).toHaveLength(1);
    expect((await altsite('report', run)).out).toContain('RECOVERED');
  });

  it('that is newer than we are is refused by its number', async () => {
    const chain = new Chain('');
    const { text } = chain.write([{ kind: 'started', task: 'a', attempt: 1 }], '2030-01-01T02:00:00.000Z');
    const newer: Happening = { kind: 'continued', format: currentFormat + 1 };
    const more = chain.write([newer], '2030-01-01T02:00:00.000Z').text;
    await writeFile(join(directory, 'runs', run, 'journal.jsonl'), text + more);
    expect(await altsite('status', run)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`format ${currentFormat + 1} from line 2 on`),
    });
  });
});
