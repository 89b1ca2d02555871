import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** `altsite rehearse --json` in a process group of its own, which gets SIGINT `times` while cdk is at work, as from a terminal. */
const rehearseInterrupted = async (times: number) => {
  const home = await mkdtemp(join(tmpdir(), 'altsite-interrupted-'));
  const child = spawn(process.execPath, [join('dist', 'bin', 'altsite.js'), 'rehearse', '--json'], {
    detached: true,
    env: { ...process.env, ALTSITE_HOME: home },
  });
  const said = { out: '', err: '' };
  let struck = false;
  const strike = async (): Promise<void> => {
    struck = true;
    for (let count = 0; count < times; count++) {
      if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGINT');
      await pause(30);
    }
  };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
    if (!struck && said.err.includes('cdk    bootstrap')) void pause(500).then(strike);
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const twin = Number(/its own process (\d+)/.exec(said.err)?.[1]);
  for (let waited = 0; isAlive(twin) && waited < 5_000; waited += 100) await pause(100);
  await rm(home, { recursive: true, force: true });
  return { code, ...said, twinLives: isAlive(twin) };
};

it('a rehearsal that is interrupted says how to begin again, and leaves no twin behind', async () => {
  const { code, out, err, twinLives } = await rehearseInterrupted(1);
  expect({ code, twinLives }).toEqual({ code: 130, twinLives: false });
  expect(JSON.parse(out)).toMatchObject({ outcome: 'interrupted', error: { code: 'interrupted' } });
  expect(err).toContain('Again: altsite rehearse --seed 1');
}, 60_000);

it('a second Ctrl-C ends it at once, and its twin with it, and still prints one JSON object', async () => {
  const { out, ...ended } = await rehearseInterrupted(2);
  expect(ended).toMatchObject({ code: 130, twinLives: false });
  expect(JSON.parse(out)).toMatchObject({ outcome: 'interrupted', error: { kind: 'declined' } });
}, 60_000);
