// How soon the command line answers: medians of ten, beside a Node that does nothing. `status` reads a run of some hundred entries, made here.
// Exits with 1 where --help takes more than `most` times as long as that Node.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileJournal } from '../dist/recovery/adapters/file-journal.js';
import { homeAt, savePlan } from '../dist/recovery/adapters/home.js';
import { hashOf } from '../dist/recovery/model/canonical.js';

const most = 2.5;
const entries = 300;
const times = 10;
const run = '20300101-0200-beef';
const at = '2030-01-01T02:00:00.000Z';

const home = homeAt(mkdtempSync(join(tmpdir(), 'bench-cli-')));
const site = { provider: 'aws', account: '111122223333' };
const task = {
  ...{ id: 'look', title: 'Look', team: 'dev-ops', phase: 'recovery', procedure: 'bench', planLine: 1, needs: [], iam: [] },
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
  ...{ targets: { facts: {}, site: {}, global: { webName: 'www.example.com' } }, tasks: [task] },
};
await savePlan(home, plan, hashOf(plan));
const journal = await openFileJournal(home.journal(run));
const opened = { kind: 'opened', run, planHash: hashOf(plan), mode: 'failover', world: 'twin', scenario: null, seed: 1 };
const moment = { at, source: 'bench' };
await journal.append({ ...opened, disruptedAt: moment, detectedAt: moment }, at, 0);
for (let entry = 1; entry < entries; entry++) await journal.append({ kind: 'resumed', notice: '' }, at, entry);
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
process.exit(medians[1] / medians[0] > most ? 1 : 0);
