import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from '../../../recovery/adapters/file-store.js';
import { homeAt, savePlan } from '../../../recovery/adapters/home.js';
import { inboxPeople } from '../../../recovery/adapters/inbox-people.js';
import { thisProcess } from '../../../recovery/adapters/this-process.js';
import { main } from '../../../recovery/cli/main.js';
import { hashOf } from '../../../recovery/model/canonical.js';
import type { Happening } from '../../../recovery/model/journal-entry.js';
import type { Journal } from '../../../recovery/ports/journal-store.js';
import { capturedConsole } from '../../helpers/captured-console.js';
import { opening, plan } from '../../helpers/sample-run.js';

const run = '20300101-0220-1a2b';
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pause-'));
  await savePlan(homeAt(directory), plan, hashOf(plan));
});
afterEach(() => rm(directory, { recursive: true }));

/** A run as far as `more` says, in the hands of whoever closes it. */
const begun = async (...more: readonly Happening[]): Promise<Journal> => {
  const journal = await fileStore(homeAt(directory)).open(run, thisProcess('cto'));
  const happenings = opening.map(([, happening]) => (happening.kind === 'opened' ? { ...happening, planHash: hashOf(plan) } : happening));
  await journal.append([...happenings, ...more], '2030-01-01T02:40:00.000Z', 0);
  return journal;
};
const pause = async (...options: readonly string[]) => {
  const { console, said } = capturedConsole({ ALTSITE_HOME: directory });
  const code = await main(['pause', run, ...options, '--json'], console);
  return { code, said: JSON.parse(said.out) as { error?: { code: string; message: string } } };
};
/** As a process sees it that found so many entries when it began. */
const inbox = (since = 0) => inboxPeople(fileStore(homeAt(directory)), run, since);
const asked = ['--by', 'ceo', '--reason', 'the region may be coming back'];

describe('altsite pause', () => {
  it('leaves the wish for the process that carries out the run, and not for one that resumes it', async () => {
    const journal = await begun();
    const { sequence } = journal;
    expect(await pause(...asked)).toMatchObject({ code: 0, said: { run, by: 'ceo', next: `altsite resume ${run}` } });
    await journal.close();
    expect(await inbox().answers('')).toEqual([]);
    expect(await inbox().pause()).toEqual({ by: 'ceo', reason: 'the region may be coming back', source: 'altsite pause' });
    expect(await inbox(sequence + 1).pause()).toBeNull();
  });

  it.each([
    ['by nobody the plan knows', ['--by', 'janitor', '--reason', 'noise'], 'unknown-role'],
    ['without a reason', ['--by', 'cto', '--reason', ' '], 'no-reason'],
  ])('is refused %s', async (_how, options, code) => {
    const journal = await begun();
    expect(await pause(...options)).toMatchObject({ code: 2, said: { error: { code } } });
    await journal.close();
    expect(await inbox().pause()).toBeNull();
  });

  it('is refused where no process is at the run: it would stop whoever resumes it', async () => {
    await (await begun()).close();
    const { code, said } = await pause(...asked);
    expect({ code, refused: said.error?.code }).toEqual({ code: 2, refused: 'nobody-at-it' });
    expect(said.error?.message).toContain(`altsite resume ${run}`);
    expect(await inbox().pause()).toBeNull();
  });

  it('is refused for a run that has ended', async () => {
    const journal = await begun({ kind: 'ended', outcome: 'recovered' });
    expect(await pause(...asked)).toMatchObject({ code: 2, said: { error: { code: 'run-ended' } } });
    await journal.close();
  });
});
