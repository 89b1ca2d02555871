import { chown, copyFile, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { User } from './postgres-home.js';
import type { PostgresServer } from './postgres-server.js';

/** Holds back the log that has not been shipped. */
const slot = 'altsite_log';
const isSegment = (name: string): boolean => /^[0-9A-F]{24}$/.test(name);
const isHistory = (name: string): boolean => /^[0-9A-F]{8}\.history$/.test(name);

/** How far a log reaches. */
export interface Reach {
  /** Machine time (microseconds): whatever was committed before is in it, and a commit of that time or later too. */
  readonly until: number;
  readonly lsn: string;
}

/** Segments appear whole: a reader never sees half of one. */
const put = async (from: string, to: string): Promise<void> => {
  await copyFile(from, `${to}.incomplete`);
  await rename(`${to}.incomplete`, to);
};

/**
 * Brings a folder up to date with the write-ahead log of a running cluster; the first time, its log from now on. The segment being
 * written is copied as it is: recovery ends where its records do.
 */
export const shipLog = async (
  server: PostgresServer,
  { from, to, last, now }: { from: string; to: string; last: Reach | undefined; now: () => number },
): Promise<Reach> => {
  await mkdir(to, { recursive: true });
  return server.connected('postgres', async (client) => {
    const one = async (sql: string): Promise<Record<string, string>> => (await client.query<Record<string, string>>(sql)).rows[0] ?? {};
    if (last === undefined) await client.query(`select pg_create_physical_replication_slot('${slot}', true)`);
    const until = now();
    if (last !== undefined && (await one('select pg_current_wal_lsn() as lsn'))['lsn'] === last.lsn) return last;
    // A commit of this very moment (one that PostgreSQL writes out at once): recovery to any moment before finds where to stop.
    await client.query(`select pg_logical_emit_message(true, 'altsite', '')`);
    const { lsn, end, start } = await one(
      `select pg_current_wal_lsn() as lsn, pg_walfile_name(pg_current_wal_lsn()) as end, pg_walfile_name(restart_lsn) as start
       from pg_replication_slots where slot_name = '${slot}'`,
    );
    const wanted = (name: string): boolean => isHistory(name) || (isSegment(name) && name >= start! && name <= end!);
    for (const name of (await readdir(join(from, 'pg_wal'))).filter(wanted)) await put(join(from, 'pg_wal', name), join(to, name));
    await client.query(`select pg_replication_slot_advance('${slot}', '${lsn}')`);
    return { lsn: lsn!, until };
  });
};

/** Brings one folder up to date with another: segments it has not, and its last, which may have grown. */
export const copyLog = async (from: string, to: string): Promise<void> => {
  await mkdir(to, { recursive: true });
  const there = (await readdir(to)).filter(isSegment).sort();
  const wanted = (name: string): boolean => isHistory(name) || (isSegment(name) && name >= (there.at(-1) ?? ''));
  for (const name of (await readdir(from)).filter(wanted)) await put(join(from, name), join(to, name));
};

/** Gives a copied cluster the log that was written since. */
export const addLog = async (log: string, cluster: string, owner: User | undefined): Promise<void> => {
  const first = (await readdir(join(cluster, 'pg_wal'))).filter(isSegment).sort()[0] ?? '';
  const wanted = (name: string): boolean => isHistory(name) || (isSegment(name) && name >= first);
  for (const name of (await readdir(log)).filter(wanted)) {
    await put(join(log, name), join(cluster, 'pg_wal', name));
    if (owner) await chown(join(cluster, 'pg_wal', name), owner.uid, owner.gid);
  }
};
