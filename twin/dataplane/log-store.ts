import { rm } from 'node:fs/promises';
import type { DataKey } from '../world/dataplane.js';
import type { DataFolders } from './data-folders.js';
import { RegionMap } from './region-map.js';
import type { PostgresServer } from './postgres-server.js';
import { copyLog, shipLog, type Reach } from './write-ahead-log.js';

const nameOf = ({ account, region, id }: DataKey): string => `${account}/${region}/${id}`;

/** Write-ahead logs apart from their clusters, and how far each reaches. */
export class LogStore {
  private readonly reaches = new RegionMap<Reach>();

  constructor(
    private readonly folders: DataFolders,
    private readonly now: () => number,
  ) {}

  folder(log: DataKey): string {
    return this.folders.of('logs', log);
  }

  async ship(server: PostgresServer, cluster: string, log: DataKey): Promise<void> {
    const last = this.reaches.get(nameOf(log));
    this.reaches.set(nameOf(log), await shipLog(server, { from: cluster, to: this.folder(log), last, now: this.now }));
  }

  async copy(from: DataKey, to: DataKey): Promise<void> {
    await copyLog(this.folder(from), this.folder(to));
    this.reaches.set(nameOf(to), this.reachOf(from));
  }

  async delete(log: DataKey): Promise<void> {
    this.reaches.delete(nameOf(log));
    await rm(this.folder(log), { recursive: true, force: true });
  }

  reachOf(log: DataKey): Reach {
    const found = this.reaches.get(nameOf(log));
    if (found === undefined) throw new Error(`the data plane has no log ${nameOf(log)}`);
    return found;
  }

  moveAway(region: string): void {
    this.reaches.moveAway(region);
  }

  bringBack(region: string): void {
    this.reaches.bringBack(region);
  }
}
