// A million entries of a run, written in groups, opened (verified from first to last), read and folded: entries per second and the memory it takes.
// Exits with 1 where the process ever held more than `mostMegabytes` above what it held before. Usage: npm run bench:journal [-- --entries 1000000 --tasks 1000 --attempts 5]
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { openFileJournal } from '../dist/recovery/adapters/file-journal.js';
import { latestOf, readJournal } from '../dist/recovery/adapters/read-file-journal.js';
import { foldAll } from '../dist/recovery/engine/fold.js';
import { latestState, runSummary } from '../dist/recovery/engine/run-summary.js';
import { realisticEntries } from './realistic-entries.mjs';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    tasks: { type: 'string', default: '1000' },
    attempts: { type: 'string', default: '5' },
  },
});
const count = Number(values.entries);
const mostMegabytes = 200;
const groupOf = 1_000;
const at = '2030-01-01T02:00:00.000Z';

const directory = mkdtempSync(join(tmpdir(), 'bench-journal-'));
const file = join(directory, 'journal.jsonl');
const memory = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'latin1'))[1]) / 1024;
const before = memory('VmRSS');
const timed = async (what, work) => {
  const began = performance.now();
  const made = await work();
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${what.padEnd(30)} ${seconds.toFixed(1).padStart(6)} s  ${(count / seconds).toFixed(0).padStart(8)} entries/s  ${memory('VmHWM').toFixed(0).padStart(5)} MB at most so far`,
  );
  return made;
};

try {
  await timed(`written, ${groupOf} at a time`, async () => {
    const journal = await openFileJournal(file, runSummary());
    let group = [];
    for (const happening of realisticEntries(count, Number(values.tasks), { attempts: Number(values.attempts) })) {
      group.push(happening);
      if (group.length < groupOf) continue;
      await journal.append(group, at, journal.sequence);
      group = [];
    }
    await journal.append(group, at, journal.sequence);
    await journal.close();
  });
  console.log(
    `${(statSync(file).size / 2 ** 20).toFixed(0)} MB of journal, ${values.tasks} tasks, ${values.attempts} attempts each, ${before.toFixed(0)} MB held before it`,
  );
  await timed('opened to go on with', async () => (await openFileJournal(file, runSummary())).close());
  const whole = await timed('read, verified and folded', () => foldAll(readJournal(file)));
  const latest = await timed('by the latest checkpoint', () =>
    latestState(
      () => latestOf(file),
      () => readJournal(file),
    ),
  );
  if (latest.history.entries !== whole.history.entries || whole.history.entries < count) throw new Error('not all entries were read');
} finally {
  rmSync(directory, { recursive: true });
}
const above = memory('VmHWM') - before;
console.log(`${above.toFixed(0)} MB above what it held before, of ${mostMegabytes} MB`);
process.exitCode = above > mostMegabytes ? 1 : 0;
