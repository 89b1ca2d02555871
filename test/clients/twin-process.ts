import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RunningTwin {
  /** What the twin prints to be exported. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** `altsite twin` in a process of its own, its world beginning in 2030 and going faster than ours. */
export const startTwinProcess = async (speed: number): Promise<RunningTwin> => {
  const home = mkdtempSync(join(tmpdir(), 'altsite-clients-'));
  const args = ['twin', '--port', '0', '--speed', String(speed), '--starts-at', '2030-01-01T02:00:00Z', '--json'];
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/altsite.ts', ...args], {
    env: { ...process.env, ALTSITE_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { environment } = JSON.parse(line) as { environment: Record<string, string> };
  return {
    environment,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
};
