// What the engine itself costs: plans of a hundred to ten thousand tasks and as many edges, each in a process of its own, with steps that take no
// time and a journal in memory. Ends with 1 when a target is missed. Usage: npm run bench:engine
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';

/** A task-event is an entry of the journal: a task that goes well has four. `growth`: cost of a task among ten thousand over that among a hundred. */
const targets = { plannedSeconds: 2, millisecondsPerEvent: 1, megabytes: 300, growth: 2 };
const shapes = ['random', 'chain', 'wide'];
const sizes = [100, 1_000, 10_000];

const measure = (shape, count) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['.ci/bench/one-plan.mjs', shape, String(count)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${shape} of ${count} ended with ${status}: ${stderr}`);
  const found = JSON.parse(stdout);
  return {
    ...found,
    millisecondsPerEvent: (found.cpuSeconds / found.entries) * 1000,
    millisecondsPerTask: (found.cpuSeconds / found.runs / count) * 1000,
  };
};

const print = (text) => process.stdout.write(`${text}\n`);
print(`${cpus().length} processors, load ${loadavg()[0].toFixed(1)}, Node ${process.version}; processor time, not the clock on the wall`);
print('shape    tasks   edges     linted   per event    per task   of that at 100   peak memory');
const missed = [];
for (const shape of shapes) {
  let first;
  for (const count of sizes) {
    const found = measure(shape, count);
    first ??= found.millisecondsPerTask;
    const growth = found.millisecondsPerTask / first;
    const cells = [
      shape.padEnd(7),
      String(count).padStart(6),
      String(found.edges).padStart(7),
      `${found.planned.toFixed(3)} s`.padStart(10),
      `${found.millisecondsPerEvent.toFixed(4)} ms`.padStart(11),
      `${found.millisecondsPerTask.toFixed(4)} ms`.padStart(11),
      `x ${growth.toFixed(2)}`.padStart(16),
      `${found.megabytes.toFixed(0)} MB`.padStart(13),
    ];
    print(cells.join(' '));
    const miss = (what, value, most) => value > most && missed.push(`${shape} of ${count}: ${what} ${value.toFixed(3)}, not ${most}`);
    miss('seconds to plan and lint', found.planned, targets.plannedSeconds);
    miss('milliseconds a task-event', found.millisecondsPerEvent, targets.millisecondsPerEvent);
    miss('megabytes', found.megabytes, targets.megabytes);
    miss('times the cost of a task at 100', growth, targets.growth);
  }
}
for (const what of missed) print(`missed: ${what}`);
if (missed.length === 0) print(`all targets met: ${JSON.stringify(targets)}`);
process.exitCode = missed.length > 0 ? 1 : 0;
