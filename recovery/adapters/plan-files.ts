import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RecoveryError } from '../model/recovery-error.js';

/** More than any document that is accepted; the rest of a larger file is nobody's concern. */
const mostBytes = 1_048_576;

/** What reading says where a name leads to no file. */
const noSuchFile = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE']);

/** Reads files of a plan's directory: null where there is no such regular file. @throws RecoveryError `invalid` for one that may not be read. */
export const planFiles =
  (directory: string) =>
  (file: string): string | null => {
    const path = join(directory, file);
    try {
      // A pipe would keep us waiting, a device would never end.
      if (!statSync(path).isFile()) return null;
      const handle = openSync(path, 'r');
      try {
        const bytes = Buffer.alloc(mostBytes);
        return bytes.toString('utf8', 0, filled(handle, bytes));
      } finally {
        closeSync(handle);
      }
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (noSuchFile.has(code ?? '')) return null;
      throw new RecoveryError(
        'invalid',
        'unreadable-file',
        `${path} cannot be read: ${message}; let this user read it, or name another folder with --plans`,
        { cause },
      );
    }
  };

const filled = (handle: number, bytes: Buffer): number => {
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read)
    read = readSync(handle, bytes, length, bytes.length - length, null);
  return length;
};
