// How long production takes to synthesise, with CDK's own validation off and on, beside an app of one VPC: medians of one run, in turns.
// node .ci/bench-synth.mjs [ROUNDS]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const rounds = Number(process.argv[2] ?? 5);
const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
const outdir = mkdtempSync(join(tmpdir(), 'bench-synth-'));

const apps = ['.ci/bare-vpc-app.mjs', 'dist/bin/app.js'];
const kinds = apps.flatMap((app) => ['false', 'true'].map((validation) => ({ app, validation, seconds: [] })));
let stacks = 0;
for (let round = 0; round < rounds; round += 1) {
  for (const { app, validation, seconds } of kinds) {
    const env = { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: validation, CDK_CONTEXT_JSON: JSON.stringify(context) };
    const began = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [app], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${app} failed: ${stderr}`);
    seconds.push((performance.now() - began) / 1000);
    if (app === 'dist/bin/app.js') stacks = readdirSync(outdir).filter((name) => name.endsWith('.template.json')).length;
    rmSync(outdir, { recursive: true });
  }
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const bare = median(kinds[0].seconds);
console.log(`${rounds} rounds, medians; production has ${stacks} stacks`);
for (const { app, validation, seconds } of kinds) {
  const name = `${app === 'dist/bin/app.js' ? 'production' : 'a bare VPC'}, validation ${validation === 'true' ? 'on' : 'off'}`;
  console.log(`${name.padEnd(32)}${median(seconds).toFixed(2).padStart(7)} s   x ${(median(seconds) / bare).toFixed(2)}`);
}
