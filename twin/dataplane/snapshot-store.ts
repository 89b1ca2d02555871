import { rename, rm } from 'node:fs/promises';
import type { DataKey } from '../world/dataplane.js';
import { copyTree, type CopyOptions } from './copy-tree.js';
import type { DataFolders } from './data-folders.js';
import { RegionMap } from './region-map.js';

const nameOf = ({ account, region, id }: DataKey): string => `${account}/${region}/${id}`;

/** Physical copies of clusters, and whose they are. */
export class SnapshotStore {
  /** Master user of each completed snapshot. */
  private readonly masters = new RegionMap<{ readonly key: DataKey; readonly user: string }>();

  constructor(
    private readonly folders: DataFolders,
    private readonly owned: CopyOptions,
  ) {}

  folder(snapshot: DataKey): string {
    return this.folders.of('snapshots', snapshot);
  }

  /** A snapshot appears under its name only when it is whole. Returns its bytes. */
  async keep(snapshot: DataKey, masterUsername: string, fill: (to: string) => Promise<number>): Promise<number> {
    const folder = this.folder(snapshot);
    const filling = `${folder}.incomplete`;
    await this.folders.fresh(filling);
    const bytes = await fill(filling);
    await rename(filling, folder);
    this.masters.set(nameOf(snapshot), { key: snapshot, user: masterUsername });
    return bytes;
  }

  copy(from: DataKey, to: DataKey): Promise<number> {
    const source = this.folder(from);
    return this.keep(to, this.masterOf(from), (folder) => copyTree(source, folder, { ...this.owned, like: source }));
  }

  async delete(snapshot: DataKey): Promise<void> {
    this.masters.delete(nameOf(snapshot));
    await rm(this.folder(snapshot), { recursive: true, force: true });
  }

  masterOf(snapshot: DataKey): string {
    const found = this.masters.get(nameOf(snapshot));
    if (found === undefined) throw new Error(`the data plane has no snapshot ${nameOf(snapshot)}`);
    return found.user;
  }

  in(region: string): readonly DataKey[] {
    return [...this.masters.values()].map(({ key }) => key).filter((key) => key.region === region);
  }

  moveAway(region: string): void {
    this.masters.moveAway(region);
  }

  bringBack(region: string): void {
    this.masters.bringBack(region);
  }
}
