import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileJournal } from '../../../recovery/adapters/file-journal.js';
import { fileStore } from '../../../recovery/adapters/file-store.js';
import { homeAt, savePlan } from '../../../recovery/adapters/home.js';
import { main } from '../../../recovery/cli/main.js';
import { withPage } from '../../../recovery/cli/with-page.js';
import { hashOf } from '../../../recovery/model/canonical.js';
import { capturedConsole } from '../../helpers/captured-console.js';
import { opening, plan, recovers, reportOf } from '../../helpers/sample-run.js';

const run = '20300101-0220-1a2b';
const folder = mkdtempSync(join(tmpdir(), 'report-'));
const home = homeAt(folder);
const store = fileStore(home);
const page = join(folder, 'runs', run, 'report.html');
const altsite = async (...argv: string[]) => {
  const { console, said } = capturedConsole({ ALTSITE_HOME: folder });
  return { code: await main(argv, { ...console, cwd: folder }), ...said };
};

beforeAll(async () => {
  await savePlan(home, plan, hashOf(plan));
  const journal = await openFileJournal(home.journal(run));
  for (const [, happening] of [...opening, ...recovers])
    await journal.append(
      [happening.kind === 'opened' ? { ...happening, planHash: hashOf(plan) } : happening],
      '2030-01-01T02:20:00.000Z',
      journal.sequence,
    );
  await journal.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('altsite report --html', () => {
  it('writes the page beside the journal and prints where, to a named file, or to stdout: always the same page', async () => {
    expect(await altsite('report', run, '--html')).toEqual({ code: 0, out: `${page}\n`, err: '' });
    const text = readFileSync(page, 'utf8');
    expect(text).toMatch(/^<!doctype html>\n[\s\S]*<\/html>\n$/);
    expect((await altsite('report', run, '--html', 'named.html')).out).toBe(`${join(folder, 'named.html')}\n`);
    expect(readFileSync(join(folder, 'named.html'), 'utf8')).toBe(text);
    expect((await altsite('report', run, '--html', '-')).out).toBe(text);
  });

  it('says with --json where the page is, and refuses two things on stdout', async () => {
    expect(JSON.parse((await altsite('report', run, '--html', '--json')).out)).toMatchObject({ outcome: 'recovered', page });
    const both = await altsite('report', run, '--html', '-', '--json');
    expect({ code: both.code, error: (JSON.parse(both.out) as { error: unknown }).error }).toMatchObject({
      code: 2,
      error: { code: 'two-outputs' },
    });
  });

  it('names a file that cannot be written', async () => {
    mkdirSync(join(folder, 'taken.html'), { recursive: true });
    const { code, err } = await altsite('report', run, '--html', 'taken.html');
    expect(code).toBe(2);
    expect(err).toContain('taken.html cannot be written');
  });
});

describe('the end of a run', () => {
  it('leaves the page beside the journal; where it cannot, the outcome stands and the person is told', async () => {
    const { console, said } = capturedConsole();
    const report = { ...reportOf(opening, recovers), run };
    expect(await withPage(console, { home, store }, report)).toEqual({ ...report, page });
    expect(await withPage(console, { home: { ...home, page: () => folder }, store }, report)).toEqual(report);
    expect(said.err).toContain(`${folder} could not be written`);
    expect(said.err).toContain(`altsite report ${run} --html`);
  });
});
