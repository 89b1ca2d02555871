import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STS } from '@aws-sdk/client-sts';
import { afterEach, expect, test } from '@jest/globals';
import type { TwinDescription } from '../../../twin/doors/twin-description.js';

const started: ChildProcess[] = [];
afterEach(() => started.splice(0).forEach((child) => child.exitCode === null && child.kill('SIGKILL')));

const altsite = (home: string, ...args: string[]): ChildProcess => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/altsite.ts', ...args], {
    env: { ...process.env, ALTSITE_HOME: home },
    stdio: 'pipe',
  });
  started.push(child);
  return child;
};
const printed = async (child: ChildProcess): Promise<{ out: string; code: number | null }> => {
  let out = '';
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { out, code };
};

test('altsite twin says where it is, serves AWS clients, and altsite twin stop ends it', async () => {
  const home = mkdtempSync(join(tmpdir(), 'altsite-'));
  const twin = altsite(home, 'twin', '--port', '0', '--speed', '0', '--json', '--starts-at', '2030-01-01T02:00:00Z');
  const ended = printed(twin);
  const [line] = (await once(twin.stdout!, 'data')) as [Buffer];
  const description = JSON.parse(line.toString()) as TwinDescription;
  expect(description).toMatchObject({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    pid: twin.pid,
    dns: expect.any(String),
    resolver: expect.any(String),
    overHoldingResolver: expect.any(String),
  });

  const file = join(home, 'twin', new URL(description.url).port, 'twin.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(description);
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_REGION } = description.environment;
  const sts = new STS({
    region: AWS_REGION!,
    endpoint: AWS_ENDPOINT_URL!,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  await expect(sts.getCallerIdentity({})).resolves.toMatchObject({ Account: '111122223333' });
  const clock = (await (await fetch(`${description.url}/_twin/clock`)).json()) as { at: string };
  expect(clock.at).toBe('2030-01-01T02:00:00.000Z');

  const stopped = await printed(altsite(home, 'twin', 'stop', '--json'));
  expect({ code: stopped.code, out: JSON.parse(stopped.out) as unknown }).toEqual({
    code: 0,
    out: { stopped: description.url, pid: twin.pid },
  });
  expect((await ended).code).toBe(0);
  expect(existsSync(file)).toBe(false);
});

test('SIGTERM ends the twin with 0', async () => {
  const home = mkdtempSync(join(tmpdir(), 'altsite-'));
  const twin = altsite(home, 'twin', '--port', '0', '--json');
  await once(twin.stdout!, 'data');
  const ended = printed(twin);
  twin.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test('without a twin, altsite twin stop says so and ends with 2', async () => {
  const { code, out } = await printed(altsite(mkdtempSync(join(tmpdir(), 'altsite-')), 'twin', 'stop', '--json'));
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ error: { kind: 'invalid', message: expect.stringContaining('no twin is running') } });
});
