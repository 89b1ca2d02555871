import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyTree } from './copy-tree.js';
import type { User } from './postgres-home.js';
import type { PostgresServer } from './postgres-server.js';

/** Folders that PostgreSQL's manual ("Making a Base Backup Using the Low Level API") says to copy empty. */
const emptied = ['pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'];
/** pg_wal is copied last, when it holds all that the copy needs. */
const absent = ['pg_wal', 'postmaster.pid', 'postmaster.opts'];
const leftOut = (name: string): boolean =>
  absent.includes(name) || /(^|\/)pgsql_tmp/.test(name) || emptied.some((folder) => name.startsWith(`${folder}/`));

/** Segments of the write-ahead log from `first` to `last`: the others are of no use to the copy. */
const otherSegments =
  (first: string, last: string) =>
  (name: string): boolean =>
    /^[0-9A-F]{24}$/.test(name) && (name < first || name > last);

interface Copy {
  readonly from: string;
  /** A new folder. */
  readonly to: string;
  /** An earlier copy: what has not changed since is shared with it, so nobody may write into either. */
  readonly like?: string;
  readonly owner: User | undefined;
}

/**
 * Copies a running cluster, so that a cluster started from the copy holds what was committed until now.
 * A temporary replication slot keeps the WAL that the copy needs from being recycled under a busy cluster. Returns bytes.
 */
export const copyRunningCluster = (server: PostgresServer, { from, to, like, owner }: Copy): Promise<number> =>
  server.connected('postgres', async (client) => {
    const options = { ...(owner && { owner }), mayVanish: true };
    await client.query(`select pg_create_physical_replication_slot('altsite_backup_' || pg_backend_pid(), true, true)`);
    const began = await client.query<{ segment: string }>(`select pg_walfile_name(pg_backup_start('altsite', fast => true)) as segment`);
    const files = await copyTree(from, to, { ...options, ...(like !== undefined && { like }), skip: leftOut });
    const ended = await client.query<{ labelfile: string; spcmapfile: string; segment: string }>(
      'select labelfile, spcmapfile, pg_walfile_name(lsn) as segment from pg_backup_stop(wait_for_archive => false)',
    );
    const [start, end] = [began.rows[0], ended.rows[0]];
    if (!start || !end || end.spcmapfile.trim()) throw new Error('a cluster with tablespaces cannot be copied');
    const wal = await copyTree(join(from, 'pg_wal'), join(to, 'pg_wal'), { ...options, skip: otherSegments(start.segment, end.segment) });
    const label = join(to, 'backup_label');
    await writeFile(label, end.labelfile, { mode: 0o600 });
    if (owner) await chown(label, owner.uid, owner.gid);
    return files + wal;
  });
