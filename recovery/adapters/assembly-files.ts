import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { sha256 } from '../model/canonical.js';
import { assemblyDigest, type AssemblyFile } from '../model/published-assembly.js';
import { RecoveryError } from '../model/recovery-error.js';

/** What cdk leaves in an assembly that is none of it: its locks, and what it thought of it when it was asked to validate. */
const besides = /(^|\/)([^/]*\.lock|validation-report\.json)$/;

/** Every file of an assembly, by name. @throws RecoveryError `invalid` for a folder that cannot be read. */
export const assemblyFiles = async (directory: string): Promise<AssemblyFile[]> => {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch((cause: unknown) => {
    throw new RecoveryError('invalid', 'no-assembly', `${directory} is not a cloud assembly: it cannot be read`, { cause });
  });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(directory, join(parentPath, name)).split(sep).join('/'))
    .filter((name) => !besides.test(name))
    .sort();
  return Promise.all(names.map(async (name) => ({ name, sha256: sha256(await readFile(join(directory, name))) })));
};

export const digestOfAssembly = async (directory: string): Promise<string> => assemblyDigest(await assemblyFiles(directory));
