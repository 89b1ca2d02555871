import { chown, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const pageSize = 8192;
/** Object ids below this are PostgreSQL's own (its manual, "System Catalog Initial Data", FirstNormalObjectId). */
const firstOwnObject = 16_384;
/** Of a page's header: pd_lower, pd_upper, pd_special ("Database Page Layout"). A page where they are nonsense is invalid with checksums and without. */
const bounds = { from: 12, to: 18 };

/**
 * Damages every page of every table and index that users of the cluster have made; PostgreSQL's own are left alone, so it starts and lets people in.
 * The folder holds a snapshot: its files are replaced and not written into, as they may be other snapshots' too. Returns the pages damaged.
 */
export const damageCluster = async (folder: string): Promise<number> => {
  let pages = 0;
  for (const database of await readdir(join(folder, 'base'))) {
    const files = await readdir(join(folder, 'base', database));
    for (const file of files.filter(isRelation)) pages += await damageFile(join(folder, 'base', database, file));
  }
  return pages;
};

/** Main forks in all their segments; free space and visibility maps are mended by PostgreSQL itself. */
const isRelation = (file: string): boolean => /^\d+(\.\d+)?$/.test(file) && parseInt(file, 10) >= firstOwnObject;

const damageFile = async (path: string): Promise<number> => {
  const { uid, gid, mode } = await stat(path);
  const bytes = await readFile(path);
  const pages = Math.floor(bytes.length / pageSize);
  for (let page = 0; page < pages; page++) bytes.fill(0xff, page * pageSize + bounds.from, page * pageSize + bounds.to);
  const damaged = `${path}.damaged`;
  await writeFile(damaged, bytes, { mode });
  await chown(damaged, uid, gid);
  await rename(damaged, path);
  return pages;
};
