import { beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
  readonly command: string;
}
const processOf = (pid: string): Process[] => {
  try {
    const [state = '', parent = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return [
      { pid: Number(pid), parent: Number(parent), state, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') },
    ];
  } catch {
    return [];
  }
};
const processes = (): Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(processOf);
const descendants = (of: number, all = processes()): Process[] =>
  all.filter(({ parent }) => parent === of).flatMap((child) => [child, ...descendants(child.pid, all)]);
/** Of these processes, what is still there; a zombie is not. */
const alive = (known: readonly Process[]): string[] =>
  known
    .filter(({ pid, command }) => processOf(String(pid)).some((now) => now.state !== 'Z' && now.command === command))
    .map(({ command }) => command);
const noneAlive = async (known: readonly Process[], withinMs: number): Promise<string[]> => {
  const until = Date.now() + withinMs;
  while (alive(known).length > 0 && Date.now() < until) await wait(50);
  return alive(known);
};

const twin = async () => {
  const args = ['--import', 'tsx', new URL('./abandoned-twin.ts', import.meta.url).pathname];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { directory } = JSON.parse(line) as { directory: string };
  const left = descendants(child.pid!).filter(({ command }) => /postgres|main\.mjs|altsite-reaper/.test(command));
  return { child, directory, left };
};

let twins: Awaited<ReturnType<typeof twin>>[];
beforeAll(async () => {
  twins = await Promise.all([twin(), twin()]);
});

describe('the end of a twin', () => {
  test('five seconds after its SIGKILL no PostgreSQL or application process is left', async () => {
    const { child, directory, left } = twins[0]!;
    for (const part of [/bin\/postgres/, /postgres: checkpointer/, /main\.mjs/, /altsite-reaper/])
      expect(left.map(({ command }) => command)).toContainEqual(expect.stringMatching(part));
    child.kill('SIGKILL');
    expect(await noneAlive(left, 5000)).toEqual([]);
    await rm(directory, { recursive: true });
  });

  test('closing it stops everything, and the process ends by itself', async () => {
    const { child, left } = twins[1]!;
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await noneAlive(left, 500)).toEqual([]);
  });
});
