import type { DatabasePlace } from '../world/dataplane.js';

/** Owns every cluster, as on RDS; its password is known to this process only. */
export const adminUser = 'rdsadmin';

export type Place = DatabasePlace;

/** What a cluster does before, or instead of, taking writes. */
export interface Role {
  /** Replays another cluster's log as it is written, and answers reads; until it is promoted. */
  readonly follows?: Place & { readonly slot: string };
  /** Replays the log it was given up to the first commit of this machine time (microseconds), or all of it; then begins a life of its own. */
  readonly recoversUntil?: number | 'end';
}

/** Small, and without what a rehearsal has no use for: workers for parallel and asynchronous reads, logical replication, a Unix socket. */
const settings = {
  // The kernel keeps what a killed process wrote, and a twin need not outlive a power cut: a restore need not wait for the disk.
  fsync: 'off',
  shared_buffers: '16MB',
  max_connections: '30',
  // RDS for PostgreSQL allows 15 read replicas of one instance.
  max_wal_senders: '20',
  max_replication_slots: '20',
  min_wal_size: '5MB',
  max_wal_size: '64MB',
  io_method: 'sync',
  max_logical_replication_workers: '0',
  unix_socket_directories: '',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

const settingsOfRole = ({ follows, recoversUntil }: Role): Record<string, string> => ({
  ...(follows && {
    primary_conninfo: `host=${follows.address} port=${follows.port} user=${adminUser}`,
    primary_slot_name: follows.slot,
    // 5 s by default, which a promotion after the loss of the primary would spend waiting for it.
    wal_retrieve_retry_interval: '100ms',
  }),
  // What there is of the log is in pg_wal already; a recovery insists on asking for more.
  ...(recoversUntil !== undefined && { restore_command: 'false', recovery_target_action: 'promote', hot_standby: 'off' }),
  ...(typeof recoversUntil === 'number' && { recovery_target_inclusive: 'off', recovery_target_time: timestamp(recoversUntil) }),
});
/** As PostgreSQL reads it, to the microsecond. */
const timestamp = (microseconds: number): string => {
  const whole = new Date(Math.floor(microseconds / 1000)).toISOString().slice(0, -1);
  return `${whole}${String(Math.floor(microseconds) % 1000).padStart(3, '0')}+00`;
};

/** Every setting of a cluster in this role, but for where it listens. */
export const settingsOf = (role: Role): Record<string, string> => ({ ...settings, ...settingsOfRole(role) });
