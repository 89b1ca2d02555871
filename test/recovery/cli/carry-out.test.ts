import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from '../../../recovery/adapters/file-store.js';
import { homeAt } from '../../../recovery/adapters/home.js';
import { thisProcess } from '../../../recovery/adapters/this-process.js';
import { carryOut, endedWith } from '../../../recovery/cli/carry-out.js';
import type { Composed } from '../../../recovery/cli/compose.js';
import { RecoveryError } from '../../../recovery/model/recovery-error.js';
import { capturedConsole } from '../../helpers/captured-console.js';
import { opening, plan, recovers, reportOf } from '../../helpers/sample-run.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'carry-out-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('a recovery whose calls nobody can count is reported all the same, as not counted', async () => {
  const { console, said } = capturedConsole();
  const world = {
    store: fileStore(homeAt(directory)),
    clock: { now: () => '2030-01-01T02:40:00.000Z' },
    audit: { count: () => Promise.reject(new RecoveryError('rejected', 'no-audit', 'those are forgotten')) },
  } as unknown as Composed;
  const journalled = [...opening, ...recovers.slice(0, -2)].map(([, happening]) => happening);
  const work = {
    plan,
    run: 'run-1',
    writer: thisProcess('cto'),
    opening: journalled,
    reopening: () => [],
    scenario: null,
    statedAuthority: null,
    untilIrreversible: false,
  };
  const report = await carryOut(console, world, work);
  expect(report).toMatchObject({ outcome: 'recovered', calls: null });
  expect(report.notProven.join('\n')).toContain('not counted');
  expect(said.err).toContain('those are forgotten');
});

it.each([
  ['undone', 'start another run: altsite run'],
  ['abandoned', 'start another run: altsite run'],
  ['stuck', 'altsite status 20300101-0220-1a2b'],
] as const)('an end that nobody wanted says how to go on: %s', (outcome, next) => {
  const { text } = endedWith({ ...reportOf(opening, recovers), outcome });
  expect(text).toMatch(new RegExp(`${next}\\n$`));
});

it('a recovery needs no advice', () => {
  expect(endedWith(reportOf(opening, recovers)).text).toMatch(/journal .*\n$/);
});
