// Rehearses every scenario against a real twin and prints fault × outcome; exits 1 when one did not go as documented.
// node .ci/scenarios.mjs [SEED] [SCENARIO…]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { scenarios } from '../dist/recovery/cli/scenarios/index.js';

const [seed = '1', ...named] = process.argv.slice(2);
const home = mkdtempSync(join(tmpdir(), 'altsite-scenarios-'));

const rehearse = (name) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['dist/bin/altsite.js', 'rehearse', '--scenario', name, '--seed', seed, '--json'], {
      env: { ...process.env, ALTSITE_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.on('close', (code) => {
      try {
        resolve({ code, ...JSON.parse(out) });
      } catch {
        resolve({ code, error: { message: err.trim().split('\n').slice(-3).join(' / ') } });
      }
    });
  });

const minutes = (seconds) => (seconds === null || seconds === undefined ? '-' : `${Math.round(seconds / 60)} min`);
const columns = [22, 26, 26, 9, 6, 6, 7];
const row = (cells) =>
  console.log(
    cells
      .map((cell, at) => String(cell).padEnd(columns[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );

console.log(`every scenario, seed ${seed}, each against a twin of its own\n`);
row(['fault', 'scenario', 'outcome', 'RTO', 'lost', 'calls', 'took', 'as documented']);
let bad = 0;
for (const scenario of scenarios.filter(({ name }) => named.length === 0 || named.includes(name))) {
  const began = performance.now();
  const { outcome, hold, rto, rows, calls, documented, roles, error } = await rehearse(scenario.name);
  const undeclared = roles?.undeclared.length ? [error.message] : [];
  const differs = documented ? [...documented.differs, ...undeclared] : [error?.message ?? 'it printed nothing'];
  if (differs.length) bad += 1;
  row([
    scenario.faults.map(({ name }) => name).at(-1),
    scenario.name,
    hold ? `${outcome} at ${hold.task}` : (outcome ?? 'failed'),
    minutes(rto?.seconds),
    rows?.lost ?? '-',
    calls ? `${calls.lostRegion}/${calls.usEast1ControlPlane}` : '-',
    `${((performance.now() - began) / 1000).toFixed(0)} s`,
    differs.length ? `NO: ${differs.join('; ')}` : 'yes',
  ]);
}
rmSync(home, { recursive: true, force: true });
console.log(
  bad
    ? `\n${bad} did not go as documented`
    : '\nall went as documented; "calls" are those to the lost region and to control planes in us-east-1',
);
process.exit(bad ? 1 : 0);
