import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DataKey } from '../world/dataplane.js';

/** `databases` run, `snapshots` are physical copies, `logs` are write-ahead logs that outlive their databases. */
export type Kind = 'databases' | 'snapshots' | 'logs';

/** Where the data of a region's databases is: `DATA/REGION/KIND/…`; that of a lost region is in `DATA/lost/REGION`. */
export class DataFolders {
  constructor(readonly data: string) {}

  of(kind: Kind, { account, region, id }: DataKey): string {
    return join(this.data, region, kind, encodeURIComponent(`${account}.${id}`));
  }

  /** A place where nothing is yet, and its parents. */
  async fresh(folder: string): Promise<void> {
    await mkdir(dirname(folder), { recursive: true });
    await rm(folder, { recursive: true, force: true });
    // Whatever our umask: PostgreSQL's user must get through.
    for (const path of [dirname(dirname(folder)), dirname(folder)]) await chmod(path, 0o755);
  }

  /** Moves all that the region's databases have written out of reach. */
  async moveAway(region: string): Promise<void> {
    await mkdir(join(this.data, 'lost'), { recursive: true });
    await rename(join(this.data, region), join(this.data, 'lost', region)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  /** Puts it back. Whatever was begun there meanwhile came to nothing. */
  async bringBack(region: string): Promise<void> {
    const lost = join(this.data, 'lost', region);
    if (!existsSync(lost)) return;
    await rm(join(this.data, region), { recursive: true, force: true });
    await rename(lost, join(this.data, region));
  }
}
