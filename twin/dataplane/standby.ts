import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyRunningCluster } from './physical-backup.js';
import type { User } from './postgres-home.js';
import type { PostgresServer } from './postgres-server.js';

/** Name of the slot at the primary that keeps the log a standby has not read. */
export const slotOf = (id: string): string => `altsite_${id.toLowerCase().replace(/[^a-z0-9]/g, '_')}`.slice(0, 63);

/** What tells PostgreSQL, at its next start, that a cluster is not its own master: a standby, or one that recovers from a log. */
export const leaveSignal = async (cluster: string, kind: 'standby' | 'recovery', owner: User | undefined): Promise<void> => {
  const signal = join(cluster, `${kind}.signal`);
  await writeFile(signal, '', { mode: 0o600 });
  if (owner) await chown(signal, owner.uid, owner.gid);
};

/** Copies a running cluster as the beginning of a standby; the primary keeps the log from here on. Returns bytes. */
export const seedStandby = async (
  primary: PostgresServer,
  { slot, ...copy }: { from: string; to: string; owner: User | undefined; slot: string },
): Promise<number> => {
  await dropSlot(primary, slot);
  await primary.connected('postgres', (client) => client.query(`select pg_create_physical_replication_slot('${slot}', true)`));
  const bytes = await copyRunningCluster(primary, copy);
  await leaveSignal(copy.to, 'standby', copy.owner);
  return bytes;
};

/** Lets the primary forget a standby that is gone, or goes its own way. */
export const dropSlot = async (primary: PostgresServer, slot: string): Promise<void> => {
  await primary.connected('postgres', async (client) => {
    await client.query(
      `select pg_terminate_backend(active_pid, 5000) from pg_replication_slots where slot_name = '${slot}' and active_pid is not null`,
    );
    await client.query(`select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '${slot}'`);
  });
};

/** Resolves when the standby takes writes. */
export const promote = async (standby: PostgresServer): Promise<void> => {
  const { rows } = await standby.connected('postgres', (client) =>
    client.query<{ promoted: boolean }>('select pg_promote(true, 30) as promoted'),
  );
  if (rows[0]?.promoted !== true) throw new Error('PostgreSQL did not promote the standby within 30 s');
};
