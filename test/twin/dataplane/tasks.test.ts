import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { claimLoopbackRange, type LoopbackRange } from '../../../twin/dataplane/loopback-range.js';
import { newFolder } from '../../helpers/temporary-dataplane.js';
import { startReaper, type Reaper } from '../../../twin/dataplane/reaper.js';
import { RegionGate } from '../../../twin/dataplane/region-gate.js';
import { shareClock, type SharedClock } from '../../../twin/dataplane/shared-clock.js';
import { ProcessTasks } from '../../../twin/dataplane/tasks.js';
import { images } from '../../../twin/images/index.js';

const movedPorts = { 8080: 18_080, 5432: 15_432 };
const log: string[] = [];
let range: LoopbackRange;
let reaper: Reaper;
let gate: RegionGate;
let clock: SharedClock;
let folder: string;
let tasks: ProcessTasks;
beforeAll(async () => {
  range = await claimLoopbackRange(() => undefined, []);
  reaper = startReaper();
  gate = new RegionGate();
  const platform = ({ account, region }: { account: string; region: string }) => ({ AWS_REGION: region, AWS_ACCESS_KEY_ID: account });
  folder = await newFolder();
  clock = shareClock(folder, Date.parse('2030-01-01T00:00:00Z'));
  const parts = { reaper, gate, clock: clock.descriptor, movedPorts, platform };
  tasks = new ProcessTasks({ ...parts, log: (line) => log.push(line), resolver: '127.0.0.1:9' });
});
afterAll(async () => {
  await tasks.kill();
  reaper.close();
  range.release();
  clock.close();
  await rm(folder, { recursive: true });
});

const environment = (database: string) => ({
  PORT: '8080',
  SITE: 'dublin',
  DATABASE_HOST: database,
  ...Object.fromEntries(['NAME', 'USER', 'PASSWORD'].map((name) => [`DATABASE_${name}`, 'x'])),
  DATABASE_PORT: '5432',
  WITNESS_BUCKET: 'witness',
  WITNESS_REGION: 'eu-west-3',
  EPOCH_KEY: 'epoch.json',
  FENCE_LEASE_SECONDS: '30',
});
const run = async (id: string, { region = 'eu-west-1', image = `web@${images[0]!.digest}`, database = 'none' } = {}) => {
  const address = range.allocate(region);
  const lines: string[] = [];
  const exits: (number | null)[] = [];
  const told = { onLine: (line: string) => lines.push(line), onExit: (code: number | null) => exits.push(code) };
  await tasks.run(id, { region, account: '111122223333', address, image, environment: environment(database), ...told });
  return { address, lines, exits };
};
/** Environments of all processes that hold `variable`. */
const environmentsWith = (variable: string): string[][] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean)];
      } catch {
        return [];
      }
    })
    .filter((variables) => variables.includes(variable));

describe('a task', () => {
  test('has the environment that its definition and the platform give, and nothing of ours', async () => {
    await run('task-alone', { database: 'unmistakable.example.com' });
    const [variables, ...more] = environmentsWith('DATABASE_HOST=unmistakable.example.com');
    expect(more).toEqual([]);
    const names = (variables ?? []).map((variable) => variable.split('=')[0]!).filter((name) => !name.startsWith('NODE_CHANNEL_'));
    expect(names.sort()).toEqual([...Object.keys(environment('x')), 'AWS_REGION', 'AWS_ACCESS_KEY_ID'].sort());
  });

  test('listens and connects on ports that were moved as if they were not', async () => {
    const database = range.allocate('eu-west-1');
    const server = createServer((socket) => socket.destroy()).listen(movedPorts[5432], database);
    await once(server, 'listening');
    const { address } = await run('task-moved', { database });
    const connected = once(server, 'connection');
    expect((await fetch(`http://${address}:${movedPorts[8080]}/health`)).status).toBe(503);
    await connected;
    server.close();
  });

  test('runs only what an image here stands for', async () => {
    const unknown = `web@sha256:${'0'.repeat(64)}`;
    expect([tasks.knowsImage(unknown), tasks.knowsImage(`web@${images[0]!.digest}`)]).toEqual([false, true]);
    await expect(run('task-unknown', { image: unknown })).rejects.toThrow('no program stands for the image');
  });

  test('tells its end once when it is stopped, and nothing when its region is lost', async () => {
    const [stopped, lost] = [await run('task-stopped'), await run('task-lost', { region: 'ca-west-1' })];
    await tasks.stop('task-stopped');
    await tasks.stop('task-stopped');
    expect(stopped.exits).toEqual([0]);
    gate.lose('ca-west-1');
    await tasks.kill('ca-west-1');
    expect(lost.exits).toEqual([]);
    await expect(fetch(`http://${lost.address}:${movedPorts[8080]}/info`)).rejects.toThrow();
    await expect(run('task-late', { region: 'ca-west-1' })).rejects.toThrow('ca-west-1 is lost');
  });

  test('sees at every look the time that the world shows', async () => {
    const { address, lines } = await run('task-looking');
    const ask = async (token: number) => fetch(`http://${address}:${movedPorts[8080]}/canary?token=at-${token}`);
    for (let second = 1; second <= 200; second++) {
      clock.set(Date.parse('2031-02-03T04:05:06Z') + second * 1000);
      await ask(second);
    }
    await tasks.stop('task-looking');
    const said = lines.map((line) => JSON.parse(line) as { at: string; event: string; token?: string });
    const canaries = said.filter(({ event }) => event === 'canary');
    expect(canaries.map(({ at, token }) => `${token} ${at}`)).toEqual(
      Array.from({ length: 200 }, (_, n) => `at-${n + 1} ${new Date(Date.parse('2031-02-03T04:05:07Z') + n * 1000).toISOString()}`),
    );
    expect(log).toEqual([]);
  });
});
