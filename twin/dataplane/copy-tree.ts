import { closeSync, constants, openSync, readSync, type Dirent } from 'node:fs';
import { chown, copyFile, lchown, link, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';

export interface CopyOptions {
  /** The copy belongs to this user; left as it comes when absent. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Names (relative to the top, `/` between) that are left out; a folder with all it holds. */
  readonly skip?: (name: string) => boolean;
  /** A folder with the same owner that nobody ever writes into: a file that is the same there is linked instead of copied. */
  readonly like?: string;
  /** A running cluster removes files under our hands; those are not part of a backup. */
  readonly mayVanish?: boolean;
}

const pages = [Buffer.alloc(1 << 18), Buffer.alloc(1 << 18)] as const;

/** Compares in one go, in two pages that are there already: a small file costs less than the turns of the event loop that it would take. */
const isSame = (one: string, other: string): boolean => {
  if (one === other) return true;
  const open: number[] = [];
  try {
    for (const path of [one, other]) open.push(openSync(path, 'r'));
    for (;;) {
      const [read = 0, compared] = open.map((descriptor, at) => readSync(descriptor, pages[at]!));
      if (read !== compared || pages[0].compare(pages[1], 0, read, 0, read) !== 0) return false;
      if (read === 0) return true;
    }
  } catch {
    return false;
  } finally {
    open.forEach(closeSync);
  }
};
const linked = async (existing: string, target: string): Promise<boolean> => {
  try {
    await link(existing, target);
    return true;
  } catch {
    return false; // too many links, or a file system without them
  }
};

/** Copies a folder of files, folders and links into a new one; sharing blocks where the file system can. Returns the bytes of all files. */
export const copyTree = async (from: string, to: string, options: CopyOptions = {}, name = ''): Promise<number> => {
  const own = options.owner;
  const ignoreVanished = (error: NodeJS.ErrnoException): number => {
    if (options.mayVanish && error.code === 'ENOENT') return 0;
    throw error;
  };
  const copyOne = async (entry: Dirent): Promise<number> => {
    const inside = name ? `${name}/${entry.name}` : entry.name;
    if (options.skip?.(inside)) return 0;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) return copyTree(source, target, options, inside);
    if (entry.isSymbolicLink()) {
      await symlink(await readlink(source), target);
      if (own) await lchown(target, own.uid, own.gid);
      return 0;
    }
    const alike = options.like === undefined ? undefined : join(options.like, inside);
    if (alike === undefined || !isSame(source, alike) || !(await linked(alike, target))) {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      if (own) await chown(target, own.uid, own.gid);
    }
    return (await stat(target)).size;
  };
  await mkdir(to, { mode: (await stat(from)).mode });
  if (own) await chown(to, own.uid, own.gid);
  const sizes = (await readdir(from, { withFileTypes: true })).map((entry) => copyOne(entry).catch(ignoreVanished));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};
