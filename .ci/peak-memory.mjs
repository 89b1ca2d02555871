// Runs a command and prints the highest sum of PSS over all processes of its session's descendants, twin and databases included.
// Usage: node .ci/peak-memory.mjs npm run rehearse
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const [program, ...args] = process.argv.slice(2);
if (!program) throw new Error('say what to run: node .ci/peak-memory.mjs npm run rehearse');
const mark = `altsite-peak-${process.pid}`;
const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ALTSITE_PEAK_MARK: mark } });

const read = (file) => {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
};
// Processes that lost their parent or their environment (postgres rewrites it) still belong: children are followed from every marked one, once seen.
const known = new Set();
const sample = () => {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parent = new Map(
    pids.map((pid) => [
      pid,
      read(`/proc/${pid}/stat`)
        .replace(/^.*\) \S /s, '')
        .split(' ')[0],
    ]),
  );
  for (const pid of pids) if (read(`/proc/${pid}/environ`).includes(`ALTSITE_PEAK_MARK=${mark}`)) known.add(pid);
  for (let grew = true; grew;) {
    grew = false;
    for (const pid of pids) if (!known.has(pid) && known.has(parent.get(pid))) grew = known.add(pid) && true;
  }
  let kib = 0;
  let count = 0;
  for (const pid of pids)
    if (known.has(pid)) {
      const pss = Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
      kib += pss;
      count += pss > 0 ? 1 : 0;
    }
  return { kib, count };
};

let peak = { kib: 0, count: 0 };
const began = Date.now();
const timer = setInterval(() => {
  const now = sample();
  if (now.kib > peak.kib) peak = now;
}, 250);
child.on('exit', (code, signal) => {
  clearInterval(timer);
  console.error(
    `peak summed PSS ${(peak.kib / 1024 / 1024).toFixed(2)} GB in ${peak.count} processes, sampled every 250 ms; ${((Date.now() - began) / 1000).toFixed(1)} s; exit ${code ?? signal}`,
  );
  process.exitCode = code ?? 1;
});
