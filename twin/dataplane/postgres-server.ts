import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { CertificateAuthority } from './certificate-authority.js';
import { presentCertificate } from './postgres-certificate.js';
import { clientsOf } from './postgres-clients.js';
import type { PostgresHome } from './postgres-home.js';
import { adminUser, settingsOf, type Place, type Role } from './postgres-settings.js';
import type { Reaper } from './reaper.js';

const readyWithinMs = 30_000;
const fastShutdownMs = 10_000;

export interface PostgresPrograms {
  readonly home: PostgresHome;
  readonly reaper: Reaper;
  readonly adminPassword: string;
  readonly authority: CertificateAuthority;
}
/** One running cluster. */
export interface PostgresServer {
  readonly running: () => boolean;
  /** One connection as the administrator, for the time of `work`. */
  connected<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T>;
  /** Clients are disconnected, everything is written down. */
  stop(): Promise<void>;
  /** As when the power fails: nothing is written any more. */
  kill(): Promise<void>;
}

export const newPassword = (): string => randomBytes(18).toString('base64url');

const exitOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
const tail = (file: string): string => readFileSync(file, 'utf8').trim().split('\n').slice(-5).join(' | ');

/** Makes an empty cluster that knows only the administrator. WAL segments of 1 MB keep its copies small. */
export const initialiseCluster = async ({ home, reaper, adminPassword }: PostgresPrograms, directory: string): Promise<void> => {
  await mkdir(directory, { mode: 0o700 });
  const passwordFile = `${directory}.password`;
  await writeFile(passwordFile, adminPassword, { mode: 0o600 });
  if (home.runAs) for (const path of [directory, passwordFile]) await chown(path, home.runAs.uid, home.runAs.gid);
  const args = ['-D', directory, '-U', adminUser, '-A', 'scram-sha-256', '--pwfile', passwordFile];
  const rest = ['-E', 'UTF8', '--locale=C', '--wal-segsize=1', '--no-sync', '--no-instructions'];
  const child = spawn(home.initdb, [...args, ...rest], { ...home.runAs, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  if (child.pid !== undefined) reaper.watch(child.pid);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  child.on('error', (error) => (complaint += error.message));
  await exitOf(child);
  if (child.pid !== undefined) reaper.forget(child.pid);
  await rm(passwordFile);
  if (child.exitCode !== 0) throw new Error(`initdb failed: ${complaint.trim()}`);
};

/** Starts the cluster in `directory` and resolves when it answers; a cluster that holds a backup label recovers first. */
export const startCluster = async (
  programs: PostgresPrograms,
  directory: string,
  place: Place,
  role: Role = {},
): Promise<PostgresServer> => {
  const { home, reaper, adminPassword } = programs;
  const { address, port } = place;
  const logFile = `${directory}.log`;
  const output = openSync(logFile, 'a');
  const certificate = await presentCertificate(programs, directory, place);
  const clients = { hba_file: await clientsOf(directory, home.runAs) };
  const options = Object.entries({ ...settingsOf(role), ...certificate, ...clients, listen_addresses: address, port }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  );
  const child = spawn(home.postgres, ['-D', directory, ...options], {
    ...home.runAs,
    cwd: '/',
    stdio: ['ignore', output, output],
    detached: true,
    // A locale or PG* variable of ours must not change a database.
    env: { LC_ALL: 'C', ...(role.follows && { PGPASSWORD: adminPassword }) },
  });
  closeSync(output);
  const pid = child.pid;
  if (pid !== undefined) reaper.watch(pid);
  let running = true;
  const gone = exitOf(child).then(() => {
    running = false;
    if (pid !== undefined) reaper.forget(pid);
  });

  const connected = async <T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const { default: postgres } = await import('pg');
    const client = new postgres.Client({
      host: address,
      port,
      user: adminUser,
      password: adminPassword,
      database,
      connectionTimeoutMillis: 5000,
    });
    client.on('error', () => undefined); // the query in hand rejects by itself
    try {
      await client.connect();
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const end = async (signal: NodeJS.Signals, patienceMs: number): Promise<void> => {
    if (!running) return;
    child.kill(signal);
    const patience = new AbortController();
    await Promise.race([gone, wait(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
    patience.abort();
    if (running) child.kill('SIGKILL');
    await gone;
  };
  const server = {
    running: () => running,
    connected,
    stop: () => end('SIGINT', fastShutdownMs),
    kill: () => end('SIGQUIT', 2000),
  };
  const deadline = performance.now() + readyWithinMs;
  for (;;) {
    const ready = await connected('postgres', (client) => client.query('select 1')).then(
      () => true,
      () => false,
    );
    if (ready) return server;
    if (!running) throw new Error(`PostgreSQL did not start in ${directory}: ${tail(logFile)}`);
    if (performance.now() > deadline) {
      await server.kill();
      throw new Error(`PostgreSQL in ${directory} did not answer in ${readyWithinMs / 1000} s: ${tail(logFile)}`);
    }
    await wait(15);
  }
};
