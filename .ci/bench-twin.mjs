// Starts the built twin several times and prints: time until it says it is ready (median), until its first AWS answer, its resident memory then,
// and raw requests per second, next to moto's server where python3 has it. Ends with 1 when a target is missed.
// Usage: npm run bench:twin [-- --runs 7] [--factor 2], or BENCH_FACTOR=2: how much slower than a quiet machine this one may be. Times only; memory has no excuse.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '7' }, factor: { type: 'string', default: process.env.BENCH_FACTOR ?? '1' } },
});
const runs = Number(values.runs);
const factor = Number(values.factor);
if (!(runs >= 1 && factor >= 1)) throw new Error(`--runs and --factor are numbers from 1 on, not ${values.runs} and ${values.factor}`);
const targets = { readySeconds: 0.6 * factor, residentMegabytes: 200 };
const altsite = join(process.cwd(), 'dist', 'bin', 'altsite.js');
if (!existsSync(altsite)) throw new Error('dist/ is missing: npm run build');

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** A fixed header in place of a signature: neither server checks it, and signing would be what is measured. */
const authorization = (service) =>
  `AWS4-HMAC-SHA256 Credential=AKIA111122223333TWIN/20300101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
const query = (service, action, version) => ({
  ...{ service, method: 'POST', path: '/', body: `Action=${action}&Version=${version}` },
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
});
const json = (service, target, body) => ({
  ...{ service, method: 'POST', path: '/', body: JSON.stringify(body) },
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
});
const object = (method, path, body = '', headers = {}) => ({ service: 's3', method, path, body, headers });

const identity = query('sts', 'GetCallerIdentity', '2011-06-15');
const beforehand = [
  json('ssm', 'AmazonSSM.PutParameter', { Name: '/bench/host', Value: 'db.example.com', Type: 'String', Overwrite: true }),
  object(
    'PUT',
    '/bench',
    '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>',
  ),
  object('PUT', '/bench/object', 'x'.repeat(1024)),
];
const measured = {
  'sts GetCallerIdentity': identity,
  'ssm GetParameter': json('ssm', 'AmazonSSM.GetParameter', { Name: '/bench/host' }),
  'rds DescribeDBInstances': query('rds', 'DescribeDBInstances', '2014-10-31'),
  's3 PutObject 1 KB': object('PUT', '/bench/object', 'x'.repeat(1024)),
  's3 GetObject 1 KB': object('GET', '/bench/object'),
};

const ask = (url, agent, { service, method, path, body, headers }) =>
  new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, {
      ...{ agent, method },
      headers: { ...headers, authorization: authorization(service), 'content-length': Buffer.byteLength(body) },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${method} ${path} of ${service} answered ${response.statusCode}`)),
      );
    });
    sent.end(body);
  });

const connections = 8;
const perSecond = async (url, what, seconds) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const one = async (until) => {
    let count = 0;
    for (; performance.now() < until; count++) await ask(url, agent, what);
    return count;
  };
  const all = async (length) => {
    const until = performance.now() + length * 1000;
    return (await Promise.all(Array.from({ length: connections }, () => one(until)))).reduce((sum, count) => sum + count, 0);
  };
  await all(seconds / 4);
  const began = performance.now();
  const count = await all(seconds);
  agent.destroy();
  return count / ((performance.now() - began) / 1000);
};

/** Seconds of processor time that a process has used, and the megabytes it holds. */
const usedBy = (pid) => {
  const ticks = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
  const kib = Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]);
  return { processorSeconds: (Number(ticks[11]) + Number(ticks[12])) / 100, megabytes: kib / 1024 };
};

const startTwin = async () => {
  const home = mkdtempSync(join(tmpdir(), 'altsite-bench-'));
  const began = performance.now();
  const child = spawn(process.execPath, [altsite, 'twin', '--port', '0', '--speed', '0', '--json'], {
    env: { ...process.env, ALTSITE_HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  const [line] = await Promise.race([once(child.stdout, 'data'), ended.then(() => [undefined])]);
  if (!line) throw new Error('the twin ended before it was ready');
  const readySeconds = (performance.now() - began) / 1000;
  const { processorSeconds } = usedBy(child.pid);
  const { url } = JSON.parse(line.toString());
  await ask(url, undefined, identity);
  const answeredSeconds = (performance.now() - began) / 1000;
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
  return { url, stop, readySeconds, processorSeconds, answeredSeconds, ...usedBy(child.pid), readyProcessorSeconds: processorSeconds };
};

const startMoto = async () => {
  if (spawnSync('python3', ['-c', 'import moto.server'], { stdio: 'ignore' }).status !== 0) return undefined;
  const port = 5998;
  const child = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const ended = once(child, 'close');
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  for (;;) {
    if (child.exitCode !== null) throw new Error(`moto ended with ${child.exitCode}: is port ${port} free?`);
    const isThere = await ask(url, undefined, identity).then(
      () => true,
      () => false,
    );
    if (isThere) break;
    await pause(20);
  }
  const answeredSeconds = (performance.now() - began) / 1000;
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, stop, answeredSeconds, ...usedBy(child.pid) };
};

const withServer = async (server, work) => {
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
};

const rates = async ({ url }) => {
  for (const what of beforehand) await ask(url, undefined, what);
  const found = {};
  for (const [name, what] of Object.entries(measured)) found[name] = await perSecond(url, what, 2);
  return found;
};

const seconds = (number) => `${number.toFixed(2)} s`;
const print = (text) => process.stdout.write(`${text}\n`);
print(`${cpus().length} processors, load ${loadavg()[0].toFixed(1)}, Node ${process.version}; ${runs} starts, factor ${factor}`);

const starts = [];
for (let run = 0; run < runs; run++) starts.push(await withServer(await startTwin(), async (twin) => twin));
const of = (name) => median(starts.map((start) => start[name]));
print(
  `twin  ready ${seconds(of('readySeconds'))} (target ${seconds(targets.readySeconds)}; ${seconds(of('readyProcessorSeconds'))} of processor time), ` +
    `first answer ${seconds(of('answeredSeconds'))}, ${of('megabytes').toFixed(0)} MB resident (target ${targets.residentMegabytes} MB)`,
);

const ours = await withServer(await startTwin(), rates);
const moto = await startMoto();
const theirs = moto && (await withServer(moto, rates));
print(
  moto
    ? `moto  first answer ${seconds(moto.answeredSeconds)}, ${moto.megabytes.toFixed(0)} MB resident`
    : 'moto is not here: nothing to compare with (pip install "moto[server]")',
);
print(`requests per second, ${connections} connections kept alive`);
for (const name of Object.keys(measured)) {
  const beside = theirs ? `  moto ${theirs[name].toFixed(0).padStart(6)}  ratio ${(ours[name] / theirs[name]).toFixed(1)}` : '';
  print(`  ${name.padEnd(24)} twin ${ours[name].toFixed(0).padStart(6)}${beside}`);
}

const missed = [];
if (of('readySeconds') > targets.readySeconds) missed.push(`ready in ${seconds(of('readySeconds'))}, not ${seconds(targets.readySeconds)}`);
if (of('megabytes') > targets.residentMegabytes) missed.push(`${of('megabytes').toFixed(0)} MB, not ${targets.residentMegabytes} MB`);
for (const what of missed) print(`missed: ${what}; on a busy machine give --factor`);
process.exitCode = missed.length > 0 ? 1 : 0;
