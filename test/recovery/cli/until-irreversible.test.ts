import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from '../../../recovery/adapters/file-store.js';
import { homeAt } from '../../../recovery/adapters/home.js';
import { leavePause } from '../../../recovery/adapters/inbox-people.js';
import { thisProcess } from '../../../recovery/adapters/this-process.js';
import type { Composed } from '../../../recovery/cli/compose.js';
import { resumeRun, type ResumeOptions } from '../../../recovery/cli/resume.js';
import { readRun } from '../../../recovery/cli/read-run.js';
import { startRun, type RunOptions } from '../../../recovery/cli/run.js';
import { hashOf } from '../../../recovery/model/canonical.js';
import type { JournalEntry } from '../../../recovery/model/journal-entry.js';
import { textReport } from '../../../recovery/report/text-report.js';
import { capturedConsole } from '../../helpers/captured-console.js';
import { ambassifyPlan, regionLost, runWorldOver } from '../../helpers/recovery-line.js';
import type { RecoveryWorld } from '../../helpers/recovery-world.js';
import { epochNow, switchNow } from '../../../recovery/simulation/standing/traffic.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'until-irreversible-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** A run in that world, as the command line starts and resumes it. */
const operator = (over: RecoveryWorld) => {
  const { console } = capturedConsole();
  const { clock, aws, network } = runWorldOver(over);
  const world: Composed = {
    name: 'twin',
    home: homeAt(directory),
    store: fileStore(homeAt(directory)),
    ...{ clock, aws, network },
    awsOf: over.awsOf,
    ownAws: over.aws,
    audit: {
      position: async () => over.ledger.total,
      byRole: async () => [],
      count: async () => ({ lostRegion: 0, usEast1ControlPlane: 0, source: 'test' }),
    },
    twin: null,
    leave: async () => undefined,
  };
  const plan = ambassifyPlan(over);
  const writer = thisProcess('cto');
  const starting = { writer, claim: { named: async () => undefined, release: async () => undefined } };
  return {
    start: (options: Partial<RunOptions>) =>
      startRun(console, world, { plan, hash: hashOf(plan) }, { scenario: 'primary-region-lost', ...options }, starting),
    resume: (run: string, options: Partial<ResumeOptions> = {}) => resumeRun(console, world, writer, run, { scenario: true, ...options }),
    entries: async (run: string) => {
      const entries: JournalEntry[] = [];
      for await (const entry of world.store.read(run)) entries.push(entry);
      return entries;
    },
    pause: async (run: string) => {
      const { state } = await readRun(world.store, run);
      await leavePause(world.store, run, { by: 'ceo', reason: 'wait', source: 'altsite pause' }, state.history.entries);
    },
  };
};
const authority = { authority: 'cto', reason: 'the region stays away' };

describe('a run until what cannot be undone', () => {
  it('does all that can be undone unactivated, holds, and goes on once somebody with authority activates it', async () => {
    const world = await regionLost();
    const { start, resume, entries, pause } = operator(world);
    const held = await start({ untilIrreversible: true });
    const { run } = held;
    expect(held).toMatchObject({ outcome: 'held', clocks: { activatedAt: null }, hold: { task: 'raise-epoch' } });
    expect(held.hold?.reason).toContain('the plan is not activated');
    expect(held.hold?.choices).toContain(`altsite resume ${run} --authority ROLE --reason TEXT`);
    expect(textReport(held)).toContain('NOT ACTIVATED');
    expect(held.tasks.filter(({ effect }) => effect !== 'reversible').map(({ state }) => state)).not.toContain('started');
    expect(held.tasks.find(({ id }) => id === 'issue-receipt')).toMatchObject({ state: 'verified' });

    // The scenario's people have authority, and use it only in a run that was activated.
    expect(await resume(run)).toMatchObject({ outcome: 'held', hold: { task: 'raise-epoch' } });
    expect(await epochNow(world)).toMatchObject({ epoch: 1, writer: 'dublin' });
    expect(await switchNow(world)).toBeUndefined();

    await pause(run);
    const paused = await resume(run, authority);
    expect(paused).toMatchObject({
      outcome: 'held',
      paused: { by: 'ceo', reason: 'wait' },
      hold: { choices: expect.arrayContaining([`altsite resume ${run}`]) as unknown },
    });
    expect(textReport(paused)).toMatch(/PAUSED at .* by ceo: wait/);

    const recovered = await resume(run);
    expect(recovered).toMatchObject({ outcome: 'recovered', clocks: { activatedAt: { source: 'command line' } } });
    expect(recovered.paused).toBeUndefined();
    const kinds = (await entries(run)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'activated')).toHaveLength(1);
    expect(kinds.indexOf('activated')).toBeLessThan(kinds.indexOf('authorised'));
  });

  it('stops there though authority was stated: it activates the plan, and authorises nothing yet', async () => {
    const world = await regionLost();
    const { start, resume } = operator(world);
    const held = await start({ untilIrreversible: true, ...authority });
    expect(held).toMatchObject({ outcome: 'held', clocks: { activatedAt: { source: 'command line' } }, hold: { task: 'raise-epoch' } });
    expect(held.hold?.reason).toContain('has authorised it');
    expect(await resume(held.run, authority)).toMatchObject({ outcome: 'recovered' });
  });
});
