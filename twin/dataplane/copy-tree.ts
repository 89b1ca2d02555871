import { constants, type Dirent } from 'node:fs';
import { chown, copyFile, lchown, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';

export interface CopyOptions {
  /** The copy belongs to this user; left as it comes when absent. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Names (relative to the top, `/` between) that are left out; a folder with all it holds. */
  readonly skip?: (name: string) => boolean;
  /** A running cluster removes files under our hands; those are not part of a backup. */
  readonly mayVanish?: boolean;
}

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
    await copyFile(source, target, constants.COPYFILE_FICLONE);
    if (own) await chown(target, own.uid, own.gid);
    return (await stat(target)).size;
  };
  await mkdir(to, { mode: (await stat(from)).mode });
  if (own) await chown(to, own.uid, own.gid);
  const sizes = (await readdir(from, { withFileTypes: true })).map((entry) => copyOne(entry).catch(ignoreVanished));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};
