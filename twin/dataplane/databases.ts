import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataKey, Databases, DatabaseSpec, PointInTime } from '../world/dataplane.js';
import type { CertificateAuthority } from './certificate-authority.js';
import { admitClients } from './postgres-clients.js';
import { copyTree } from './copy-tree.js';
import { damageCluster } from './damage.js';
import { DataFolders } from './data-folders.js';
import { LogStore } from './log-store.js';
import { answersAs, introduceMaster, setPassword } from './master-user.js';
import type { Moments } from './moments.js';
import { copyRunningCluster } from './physical-backup.js';
import type { PostgresHome } from './postgres-home.js';
import { initialiseCluster, newPassword, startCluster, type PostgresServer } from './postgres-server.js';
import type { Place, Role } from './postgres-settings.js';
import type { Reaper } from './reaper.js';
import type { RegionGate } from './region-gate.js';
import { RegionMap } from './region-map.js';
import { SnapshotStore } from './snapshot-store.js';
import { dropSlot, leaveSignal, promote, seedStandby, slotOf } from './standby.js';
import { addLog } from './write-ahead-log.js';

interface Database {
  readonly key: DataKey;
  readonly place: Place;
  readonly masterUsername: string;
  /** Undefined while stopped. */
  server: PostgresServer | undefined;
  /** The log it ships to. */
  log: DataKey | undefined;
  /** The database it is a standby of, until it is promoted. */
  primary: DataKey | undefined;
}
interface Options {
  readonly home: PostgresHome;
  readonly reaper: Reaper;
  readonly gate: RegionGate;
  readonly servedPort: (port: number) => number;
  readonly moments: Moments;
  readonly authority: CertificateAuthority;
}

const nameOf = ({ account, region, id }: DataKey): string => `${account}/${region}/${id}`;

/** Real PostgreSQL clusters, their physical copies and their write-ahead logs. */
export class PostgresDatabases implements Databases {
  private readonly databases = new RegionMap<Database>();
  /** Folder of the last snapshot of each database. */
  private readonly lastSnapshot = new Map<string, string>();
  private readonly folders: DataFolders;
  private readonly snapshots: SnapshotStore;
  private readonly logs: LogStore;
  private readonly adminPassword = newPassword();
  private template: Promise<string> | undefined;

  constructor(private readonly options: Options) {
    this.folders = new DataFolders(options.home.data);
    this.snapshots = new SnapshotStore(this.folders, this.owned);
    this.logs = new LogStore(this.folders, options.moments.now);
  }

  create(key: DataKey, spec: DatabaseSpec): Promise<void> {
    return this.options.gate.within([key.region], async () => {
      const template = await (this.template ??= this.makeTemplate());
      const database = await this.place(key, spec, spec.masterUsername, (to) => copyTree(template, to, this.owned));
      await introduceMaster(this.serverOf(database), spec);
    });
  }

  restore(snapshot: DataKey, key: DataKey, spec: Place): Promise<void> {
    return this.options.gate.within([snapshot.region, key.region], async () => {
      const from = this.snapshots.folder(snapshot);
      await this.place(key, spec, this.snapshots.masterOf(snapshot), (to) => copyTree(from, to, this.owned));
    });
  }

  setPassword(key: DataKey, username: string, password: string): Promise<void> {
    return this.options.gate.within([key.region], () => setPassword(this.serverOf(this.need(key)), username, password));
  }

  requireTls(key: DataKey, required: boolean): Promise<void> {
    return this.options.gate.within([key.region], async () => {
      await admitClients(this.folder(key), this.options.home.runAs, required);
      await this.need(key).server?.connected('postgres', (client) => client.query('select pg_reload_conf()'));
    });
  }

  async reboot(key: DataKey): Promise<void> {
    await this.stop(key);
    await this.start(key);
  }

  stop(key: DataKey): Promise<void> {
    return this.options.gate.within([key.region], async () => {
      const database = this.need(key);
      if (database.server && database.log) await this.logs.ship(database.server, this.folder(key), database.log);
      await database.server?.stop();
      database.server = undefined;
    });
  }

  start(key: DataKey): Promise<void> {
    return this.options.gate.within([key.region], async () => {
      const database = this.need(key);
      database.server ??= await startCluster(this.programs, this.folder(key), database.place, this.roleOf(database));
    });
  }

  destroy(key: DataKey): Promise<void> {
    return this.options.gate.within([key.region], async () => {
      const database = this.databases.get(nameOf(key));
      await database?.server?.kill();
      if (database) await this.leavePrimary(database);
      this.databases.delete(nameOf(key));
      this.lastSnapshot.delete(nameOf(key));
      await rm(this.folder(key), { recursive: true, force: true });
      await Promise.all(['log', 'crt', 'key', 'hba'].map((kind) => rm(`${this.folder(key)}.${kind}`, { force: true })));
    });
  }

  snapshot(key: DataKey, snapshot: DataKey): Promise<{ bytes: number }> {
    return this.options.gate.within([key.region, snapshot.region], async () => {
      const database = this.need(key);
      const server = this.serverOf(database);
      const from = this.folder(key);
      const like = this.lastSnapshot.get(nameOf(key)) ?? this.templateFolder;
      const copy = (to: string): Promise<number> => copyRunningCluster(server, { from, to, like, owner: this.options.home.runAs });
      const bytes = await this.snapshots.keep(snapshot, database.masterUsername, copy);
      this.lastSnapshot.set(nameOf(key), this.snapshots.folder(snapshot));
      return { bytes };
    });
  }

  copySnapshot(from: DataKey, to: DataKey): Promise<{ bytes: number }> {
    return this.options.gate.within([from.region, to.region], async () => ({ bytes: await this.snapshots.copy(from, to) }));
  }

  deleteSnapshot(snapshot: DataKey): Promise<void> {
    return this.options.gate.within([snapshot.region], () => this.snapshots.delete(snapshot));
  }

  snapshotsIn(region: string): readonly DataKey[] {
    return this.snapshots.in(region);
  }

  damageSnapshot(snapshot: DataKey): Promise<number> {
    return this.options.gate.within([snapshot.region], () => damageCluster(this.snapshots.folder(snapshot)));
  }

  shipLog(key: DataKey, log: DataKey): Promise<void> {
    return this.options.gate.within([key.region, log.region], async () => {
      const database = this.need(key);
      database.log = log;
      // What a stopped database has logged was shipped when it stopped.
      if (database.server) await this.logs.ship(database.server, this.folder(key), log);
    });
  }

  copyLog(from: DataKey, to: DataKey): Promise<void> {
    return this.options.gate.within([from.region, to.region], () => this.logs.copy(from, to));
  }

  deleteLog(log: DataKey): Promise<void> {
    return this.options.gate.within([log.region], () => this.logs.delete(log));
  }

  recover({ snapshot, log, instant }: PointInTime, key: DataKey, spec: Place): Promise<void> {
    return this.options.gate.within([snapshot.region, log.region, key.region], async () => {
      const after = this.options.moments.after(instant);
      // Nothing in the log is later than its reach, so an instant after it is the end of the log.
      const recoversUntil = after !== undefined && after <= this.logs.reachOf(log).until ? after : 'end';
      const fill = async (to: string): Promise<void> => {
        await copyTree(this.snapshots.folder(snapshot), to, this.owned);
        await addLog(this.logs.folder(log), to, this.options.home.runAs);
        await leaveSignal(to, 'recovery', this.options.home.runAs);
      };
      await this.place(key, spec, this.snapshots.masterOf(snapshot), fill, { recoversUntil });
    });
  }

  replicate(source: DataKey, key: DataKey, spec: Place): Promise<void> {
    return this.options.gate.within([source.region, key.region], async () => {
      const primary = this.need(source);
      const from = this.folder(source);
      const seed = { from, owner: this.options.home.runAs, slot: slotOf(key.id) };
      const fill = (to: string): Promise<unknown> => seedStandby(this.serverOf(primary), { ...seed, to });
      const database = await this.place(key, spec, primary.masterUsername, fill, { follows: { ...primary.place, slot: seed.slot } });
      database.primary = source;
    });
  }

  promote(key: DataKey): Promise<void> {
    return this.options.gate.within([key.region], async () => {
      const database = this.need(key);
      await promote(this.serverOf(database));
      await this.leavePrimary(database);
      database.primary = undefined;
    });
  }

  async answers(key: DataKey): Promise<boolean> {
    const database = this.databases.get(nameOf(key));
    return database?.server ? answersAs(database.server, database.masterUsername) : false;
  }

  /** Kills every cluster of the region, or of all. */
  async kill(region?: string): Promise<void> {
    const chosen = [...this.databases.values()].filter(({ key }) => region === undefined || key.region === region);
    await Promise.all(chosen.map(async ({ server }) => server?.kill()));
  }

  /** Moves all that the region's databases, snapshots and logs have written out of reach. */
  async moveAway(region: string): Promise<void> {
    for (const known of [this.databases, this.snapshots, this.logs]) known.moveAway(region);
    await this.folders.moveAway(region);
  }

  /** Puts it back, and starts what ran: each cluster recovers all that it had committed, copied elsewhere or not. */
  async bringBack(region: string): Promise<void> {
    await this.folders.bringBack(region);
    for (const known of [this.snapshots, this.logs]) known.bringBack(region);
    const ran = this.databases.bringBack(region).filter(({ server }) => server !== undefined);
    for (const database of ran) database.server = undefined;
    // Primaries first, for standbys to follow.
    for (const database of ran.sort((one, other) => Number(one.primary !== undefined) - Number(other.primary !== undefined)))
      await this.start(database.key);
  }

  private get programs() {
    const { home, reaper, authority } = this.options;
    return { home, reaper, authority, adminPassword: this.adminPassword };
  }
  private get owned() {
    return this.options.home.runAs ? { owner: this.options.home.runAs } : {};
  }

  private get templateFolder(): string {
    return join(this.folders.data, 'template');
  }

  private async makeTemplate(): Promise<string> {
    const folder = this.templateFolder;
    await rm(folder, { recursive: true, force: true });
    await initialiseCluster(this.programs, folder);
    return folder;
  }

  /** Fills a new folder for the database and starts a cluster in it. */
  private async place(
    key: DataKey,
    spec: Place,
    masterUsername: string,
    fill: (to: string) => Promise<unknown>,
    role: Role = {},
  ): Promise<Database> {
    if (this.databases.has(nameOf(key))) throw new Error(`the data plane already has ${nameOf(key)}`);
    const folder = this.folder(key);
    const place = { ...spec, port: this.options.servedPort(spec.port) };
    await this.folders.fresh(folder);
    await fill(folder);
    const server = this.options.gate.isLost(key.region) ? undefined : await startCluster(this.programs, folder, place, role);
    const database: Database = { key, place, masterUsername, server, log: undefined, primary: undefined };
    this.databases.set(nameOf(key), database);
    return database;
  }

  private folder(database: DataKey): string {
    return this.folders.of('databases', database);
  }

  private roleOf({ key, primary }: Database): Role {
    const followed = primary && this.databases.get(nameOf(primary));
    return followed ? { follows: { ...followed.place, slot: slotOf(key.id) } } : {};
  }

  /** The primary, if it is still there, keeps no log for this standby any more. */
  private async leavePrimary({ key, primary }: Database): Promise<void> {
    const server = primary && this.databases.get(nameOf(primary))?.server;
    if (server?.running()) await dropSlot(server, slotOf(key.id));
  }

  private need(key: DataKey): Database {
    const found = this.databases.get(nameOf(key));
    if (!found) throw new Error(`the data plane has no database ${nameOf(key)}`);
    return found;
  }

  private serverOf({ key, server }: Database): PostgresServer {
    if (!server) throw new Error(`the database ${nameOf(key)} is stopped`);
    return server;
  }
}
