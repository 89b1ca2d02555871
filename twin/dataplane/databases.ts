import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { DataKey, Databases, DatabaseSpec } from '../world/dataplane.js';
import { copyTree } from './copy-tree.js';
import { copyRunningCluster } from './physical-backup.js';
import type { PostgresHome } from './postgres-home.js';
import { initialiseCluster, newPassword, startCluster, type Place, type PostgresServer } from './postgres-server.js';
import type { Reaper } from './reaper.js';
import type { RegionGate } from './region-gate.js';

interface Database {
  readonly key: DataKey;
  readonly place: Place;
  readonly masterUsername: string;
  /** Undefined while stopped. */
  server: PostgresServer | undefined;
}
interface Options {
  readonly home: PostgresHome;
  readonly reaper: Reaper;
  readonly gate: RegionGate;
  readonly servedPort: (port: number) => number;
}

const nameOf = ({ account, region, id }: DataKey): string => `${account}/${region}/${id}`;
const { escapeIdentifier: identifier, escapeLiteral: literal } = pg;

/** The master user as RDS makes it: no superuser, a member of rds_superuser, owner of the database. */
const introduceMaster = async (server: PostgresServer, { masterUsername, masterPassword, databaseName }: DatabaseSpec): Promise<void> => {
  const master = identifier(masterUsername);
  await server.connected('postgres', async (client) => {
    await client.query(`create role rds_superuser`);
    await client.query(`grant pg_monitor, pg_signal_backend, pg_checkpoint to rds_superuser`);
    await client.query(`create role ${master} login createdb createrole in role rds_superuser password ${literal(masterPassword)}`);
    if (databaseName) await client.query(`create database ${identifier(databaseName)} owner ${master}`);
  });
};

/** Real PostgreSQL clusters: `DATA/REGION/databases/…` run, `DATA/REGION/snapshots/…` are physical copies, `DATA/lost/REGION` is out of reach. */
export class PostgresDatabases implements Databases {
  private readonly databases = new Map<string, Database>();
  /** Folder of the last snapshot of each database. */
  private readonly lastSnapshot = new Map<string, string>();
  /** Master user of each completed snapshot. */
  private readonly snapshots = new Map<string, string>();
  private readonly adminPassword = newPassword();
  private template: Promise<string> | undefined;

  constructor(private readonly options: Options) {}

  create(key: DataKey, spec: DatabaseSpec): Promise<void> {
    return this.options.gate.within([key.region], async () => {
      const template = await (this.template ??= this.makeTemplate());
      const database = await this.place(key, spec, spec.masterUsername, (to) => copyTree(template, to, this.owned));
      await introduceMaster(this.serverOf(database), spec);
    });
  }

  restore(snapshot: DataKey, key: DataKey, spec: Place): Promise<void> {
    return this.options.gate.within([snapshot.region, key.region], async () => {
      const from = this.folder('snapshots', snapshot);
      await this.place(key, spec, this.masterOf(snapshot), (to) => copyTree(from, to, this.owned));
    });
  }

  setPassword(key: DataKey, username: string, password: string): Promise<void> {
    return this.options.gate.within([key.region], () =>
      this.serverOf(this.need(key)).connected('postgres', async (client) => {
        await client.query(`alter role ${identifier(username)} password ${literal(password)}`);
      }),
    );
  }

  async reboot(key: DataKey): Promise<void> {
    await this.stop(key);
    await this.start(key);
  }

  stop(key: DataKey): Promise<void> {
    return this.options.gate.within([key.region], async () => {
      const database = this.need(key);
      await database.server?.stop();
      database.server = undefined;
    });
  }

  start(key: DataKey): Promise<void> {
    return this.options.gate.within([key.region], async () => {
      const database = this.need(key);
      database.server ??= await startCluster(this.programs, this.folder('databases', key), database.place);
    });
  }

  destroy(key: DataKey): Promise<void> {
    return this.options.gate.within([key.region], async () => {
      await this.databases.get(nameOf(key))?.server?.kill();
      this.databases.delete(nameOf(key));
      this.lastSnapshot.delete(nameOf(key));
      await rm(this.folder('databases', key), { recursive: true, force: true });
      await rm(`${this.folder('databases', key)}.log`, { force: true });
    });
  }

  snapshot(key: DataKey, snapshot: DataKey): Promise<{ bytes: number }> {
    return this.options.gate.within([key.region, snapshot.region], async () => {
      const database = this.need(key);
      const server = this.serverOf(database);
      const from = this.folder('databases', key);
      const like = this.lastSnapshot.get(nameOf(key)) ?? this.templateFolder;
      const copy = (to: string): Promise<number> => copyRunningCluster(server, { from, to, like, owner: this.options.home.runAs });
      const bytes = await this.keep(snapshot, database.masterUsername, copy);
      this.lastSnapshot.set(nameOf(key), this.folder('snapshots', snapshot));
      return { bytes };
    });
  }

  copySnapshot(from: DataKey, to: DataKey): Promise<{ bytes: number }> {
    return this.options.gate.within([from.region, to.region], async () => {
      const source = this.folder('snapshots', from);
      return { bytes: await this.keep(to, this.masterOf(from), (folder) => copyTree(source, folder, { ...this.owned, like: source })) };
    });
  }

  deleteSnapshot(snapshot: DataKey): Promise<void> {
    return this.options.gate.within([snapshot.region], async () => {
      this.snapshots.delete(nameOf(snapshot));
      await rm(this.folder('snapshots', snapshot), { recursive: true, force: true });
    });
  }

  async answers(key: DataKey): Promise<boolean> {
    const database = this.databases.get(nameOf(key));
    const ask = database?.server?.connected('postgres', async (client) => {
      await client.query(`set session authorization ${identifier(database.masterUsername)}`);
      await client.query('select 1');
    });
    return ask ? ask.then(() => true).catch(() => false) : false;
  }

  /** Kills every cluster of the region, or of all. */
  async kill(region?: string): Promise<void> {
    const chosen = [...this.databases.values()].filter(({ key }) => region === undefined || key.region === region);
    await Promise.all(chosen.map(async ({ server }) => server?.kill()));
  }

  /** Moves all that the region's databases and snapshots have written out of reach, and forgets them. */
  async moveAway(region: string): Promise<void> {
    for (const map of [this.databases, this.snapshots]) for (const name of map.keys()) if (name.split('/')[1] === region) map.delete(name);
    const { data } = this.options.home;
    await mkdir(join(data, 'lost'), { recursive: true });
    await rename(join(data, region), join(data, 'lost', region)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  private get programs() {
    return { home: this.options.home, reaper: this.options.reaper, adminPassword: this.adminPassword };
  }
  private get owned() {
    return this.options.home.runAs ? { owner: this.options.home.runAs } : {};
  }

  private get templateFolder(): string {
    return join(this.options.home.data, 'template');
  }

  private async makeTemplate(): Promise<string> {
    const folder = this.templateFolder;
    await rm(folder, { recursive: true, force: true });
    await initialiseCluster(this.programs, folder);
    return folder;
  }

  /** Fills a new folder for the database and starts a cluster in it. */
  private async place(key: DataKey, spec: Place, masterUsername: string, fill: (to: string) => Promise<number>): Promise<Database> {
    if (this.databases.has(nameOf(key))) throw new Error(`the data plane already has ${nameOf(key)}`);
    const folder = this.folder('databases', key);
    const place = { address: spec.address, port: this.options.servedPort(spec.port) };
    await this.fresh(folder);
    await fill(folder);
    const server = this.options.gate.isLost(key.region) ? undefined : await startCluster(this.programs, folder, place);
    const database = { key, place, masterUsername, server };
    this.databases.set(nameOf(key), database);
    return database;
  }

  /** A snapshot appears under its name only when it is whole. */
  private async keep(key: DataKey, masterUsername: string, fill: (to: string) => Promise<number>): Promise<number> {
    const folder = this.folder('snapshots', key);
    const filling = `${folder}.incomplete`;
    await this.fresh(filling);
    const bytes = await fill(filling);
    await rename(filling, folder);
    this.snapshots.set(nameOf(key), masterUsername);
    return bytes;
  }

  private async fresh(folder: string): Promise<void> {
    await mkdir(dirname(folder), { recursive: true });
    await rm(folder, { recursive: true, force: true });
    // Whatever our umask: PostgreSQL's user must get through.
    for (const path of [dirname(dirname(folder)), dirname(folder)]) await chmod(path, 0o755);
  }

  private folder(kind: 'databases' | 'snapshots', { account, region, id }: DataKey): string {
    return join(this.options.home.data, region, kind, encodeURIComponent(`${account}.${id}`));
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

  private masterOf(snapshot: DataKey): string {
    const found = this.snapshots.get(nameOf(snapshot));
    if (found === undefined) throw new Error(`the data plane has no snapshot ${nameOf(snapshot)}`);
    return found;
  }
}
