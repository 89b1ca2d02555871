import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { RecoveryError } from '../model/recovery-error.js';
import type { Home } from './home.js';

/** A twin in a process of its own, as its twin.json describes it. */
export interface StartedTwin {
  readonly url: string;
  readonly dns: string;
  readonly resolver: string;
  readonly overHoldingResolver: string;
  /** File with the root that its HTTPS listeners' certificates are of. */
  readonly certificateAuthority: string;
  readonly pid: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Its own folder under $ALTSITE_HOME/twin. */
  readonly directory: string;
  /** How to write a name so that its port is right where listener ports below 1024 are not ours to use. */
  readonly webName: (name: string, port: number) => string;
  /** From now on it is not ended with this process. */
  readonly outliveUs: () => void;
}

const readyWithinMs = 30_000;

/** Runs `altsite twin` apart from this process, with time frozen until somebody owns its clock. */
export const startTwin = async (home: Home, packageRoot: string, seed: string): Promise<StartedTwin> => {
  const port = await freePort();
  const directory = join(home.twins, String(port));
  await mkdir(home.twins, { recursive: true });
  // Beside its folder: the twin empties that when it begins.
  const log = `${directory}.log`;
  const output = await open(log, 'a');
  const [program, ...args] = altsiteProgram(packageRoot);
  const child = spawn(program, [...args, 'twin', '--port', String(port), '--speed', '0', '--seed', seed], {
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
    env: { ...process.env, ALTSITE_HOME: home.directory },
  });
  let exited: string | undefined;
  child.on('exit', (code, signal) => (exited = `it ended with ${code ?? signal}`));
  child.on('error', (error) => (exited = error.message));
  child.unref();
  const endWithUs = (): void => void child.kill('SIGTERM');
  process.once('exit', endWithUs);
  const outliveUs = (): void => void process.off('exit', endWithUs);
  await output.close();
  for (let waited = 0; waited < readyWithinMs && exited === undefined; waited += 50) {
    const text = await readFile(join(directory, 'twin.json'), 'utf8').catch(() => null);
    const twin = text === null ? null : (JSON.parse(text) as StartedTwin & { privilegedPortOffset: number });
    if (twin?.pid === child.pid && twin)
      return {
        ...twin,
        directory,
        outliveUs,
        webName: (name, port) => withPort(name, port < 1024 ? port + twin.privilegedPortOffset : port),
      };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const printed = await readFile(log, 'utf8').catch(() => '');
  throw new RecoveryError(
    'rejected',
    'twin-not-ready',
    `the twin did not come up; start one by hand with altsite twin to see why: ${exited ?? `not ready within ${readyWithinMs} ms`}\n${printed.trim().split('\n').slice(-10).join('\n')}`,
  );
};

/** Port 443 goes without saying; any other is part of the name. */
const withPort = (name: string, port: number): string => (port === 443 ? name : `${name}:${port}`);

/** SIGTERM, then waits until it is gone. */
export const stopTwin = async ({ pid }: Pick<StartedTwin, 'pid'>): Promise<void> => {
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; waited < 10_000; waited += 50) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new RecoveryError('bug', 'twin-lives', `the twin (process ${pid}) did not stop within 10 s of SIGTERM; end it with kill -9 ${pid}`);
};

/** The command people type, as this process was started: compiled, or from source. */
const altsiteProgram = (packageRoot: string): [string, ...string[]] =>
  import.meta.url.endsWith('.ts')
    ? [process.execPath, '--import', 'tsx', join(packageRoot, 'bin', 'altsite.ts')]
    : [process.execPath, join(packageRoot, 'dist', 'bin', 'altsite.js')];

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
