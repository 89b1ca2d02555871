// How soon the command line answers: medians of ten, beside a Node that does nothing. `status` reads a run of 100,000 entries and 1,000 tasks, made here.
// Exits with 1 where --help or that `status` takes more than its `most` times as long as that Node.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileJournal } from '../dist/recovery/adapters/file-journal.js';
import { homeAt, savePlan } from '../dist/recovery/adapters/home.js';
import { runSummary } from '../dist/recovery/engine/run-summary.js';
import { hashOf } from '../dist/recovery/model/canonical.js';
import { realisticEntries } from './realistic-entries.mjs';

const most = { 'altsite --help': 2.5, 'altsite status': 6 };
const entries = 100_000;
const tasks = 1_000;
const times = 10;
const run = '20300101-0200-beef';
const at = '2030-01-01T02:00:00.000Z';

const home = homeAt(mkdtempSync(join(tmpdir(), 'bench-cli-')));
const site = { provider: 'aws', account: '111122223333' };
const task = {
  ...{
    title: 'Restore',
    team: 'dev-ops',
    phase: 'recovery',
    procedure: 'bench',
    planLine: 1,
    needs: [],
    iam: [],
    system: null,
    critical: true,
    writes: [],
  },
  ...{ does: 'step', uses: 'bench.look', with: {}, effect: 'none', undo: 'nothing-to-undo', skippable: false },
  ...{ expectedSeconds: 60, limitSeconds: 600 },
};
const plan = {
  ...{
    version: 1,
    organisation: 'bench',
    title: 'Bench',
    mode: 'failover',
    world: 'twin',
    roles: ['cto'],
    succession: ['cto'],
    survey: [],
  },
  from: { ...site, name: 'here', region: 'eu-west-1' },
  to: { ...site, name: 'there', region: 'eu-central-1' },
  objective: { rtoSeconds: 3600, rpoSeconds: 3600, mtdSeconds: 7200 },
  ...{
    targets: { facts: {}, site: {}, global: { webName: 'www.example.com' } },
    tasks: Array.from({ length: tasks }, (_, at) => ({ id: `restore-${at}`, ...task })),
  },
};
await savePlan(home, plan, hashOf(plan));
const journal = await openFileJournal(home.journal(run), runSummary());
const happenings = [...realisticEntries(entries, tasks, { run, planHash: hashOf(plan) })];
// In groups, as a run with much to do at once writes them.
for (let from = 0; from < happenings.length; from += 50) await journal.append(happenings.slice(from, from + 50), at, journal.sequence);
await journal.close();

const altsite = ['dist/bin/altsite.js'];
const measured = {
  'node -e 0': ['-e', '0'],
  'altsite --help': [...altsite, '--help'],
  'altsite complete': [...altsite, 'complete', '--', 'decide', run, ''],
  'altsite status': [...altsite, 'status', run],
};
const milliseconds = (args) => {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, ALTSITE_HOME: home.directory } });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - began) / 1e6;
};
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
// In turns, so that whatever else the machine does weighs on all of them alike.
const turns = Array.from({ length: times }, () => Object.values(measured).map(milliseconds));
const medians = Object.keys(measured).map((_, column) => median(turns.map((turn) => turn[column])));
rmSync(home.directory, { recursive: true });
Object.keys(measured).forEach((name, column) =>
  console.log(
    `${name.padEnd(18)} ${medians[column].toFixed(0).padStart(5)} ms  ${(medians[column] / medians[0]).toFixed(2)} times node -e 0`,
  ),
);
process.exit(Object.keys(measured).some((name, column) => medians[column] / medians[0] > (most[name] ?? Infinity)) ? 1 : 0);
