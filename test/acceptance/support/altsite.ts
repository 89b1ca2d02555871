import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const altsiteJs = join(process.cwd(), 'dist', 'bin', 'altsite.js');

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as the one JSON object it has to be with --json. */
  readonly json: () => unknown;
}
export interface RunOptions {
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly started?: (child: ChildProcess) => void;
}

const run = (
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
  started?: (child: ChildProcess) => void,
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    started?.(child);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr, json: () => JSON.parse(stdout) as unknown }));
  });

/** One `altsite …` command, compiled, as people run it. */
export const altsite = (args: readonly string[], { home, env = {}, started }: RunOptions): Promise<Ran> => {
  if (!existsSync(altsiteJs)) throw new Error('dist/ is missing: npm run build');
  return run(process.execPath, [altsiteJs, ...args], { ...process.env, ...env, ALTSITE_HOME: home }, process.cwd(), started);
};

/** The real `cdk`, in the environment that the twin printed, whether it succeeds or not. */
export const tryCdk = (args: readonly string[], env: Readonly<Record<string, string>>, cwd = process.cwd()): Promise<Ran> =>
  run(join(process.cwd(), 'node_modules', '.bin', 'cdk'), args, { ...process.env, ...env }, cwd);

/** The same. @throws with its output when it fails. */
export const cdk = async (args: readonly string[], env: Readonly<Record<string, string>>, cwd = process.cwd()): Promise<string> => {
  const ran = await tryCdk(args, env, cwd);
  if (ran.code !== 0) throw new Error(`cdk ${args.join(' ')} ended with ${ran.code}:\n${ran.stdout}\n${ran.stderr}`);
  return ran.stdout + ran.stderr;
};

export interface Twin {
  readonly home: string;
  readonly url: string;
  /** `address:port` */
  readonly dns: string;
  readonly resolver: string;
  readonly overHoldingResolver: string;
  readonly certificateAuthority: string;
  readonly pid: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly privilegedPortOffset: number;
  readonly stop: () => Promise<void>;
}

/** `altsite twin` in a process of its own, with a home of its own. */
export const startTwin = async ({ seed, speed = 0 }: { seed: number; speed?: number }): Promise<Twin> => {
  const home = await mkdtemp(join(tmpdir(), 'altsite-acceptance-'));
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [altsiteJs, 'twin', '--port', String(port), '--speed', String(speed), '--seed', String(seed), '--json'],
    {
      env: { ...process.env, ALTSITE_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text);
    });
    child.on('exit', (code) => reject(new Error(`the twin ended with ${code}: ${said}`)));
  });
  const twin = JSON.parse(line) as Omit<Twin, 'home' | 'stop'>;
  return {
    ...twin,
    home,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(home, { recursive: true, force: true });
    },
  };
};

export const journalOf = async (home: string, run: string): Promise<readonly Record<string, unknown>[]> =>
  (await readFile(join(home, 'runs', run, 'journal.jsonl'), 'utf8'))
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
