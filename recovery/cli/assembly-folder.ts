import { isAbsolute, join } from 'node:path';
import type { Cdk } from './cdk.js';
import type { Console } from './command.js';
import { settingsFile } from './settings-file.js';

/** The cloud assembly that was named, or one that `cdk synth` writes now. @throws Interrupted; RecoveryError `rejected` when it cannot be synthesised. */
export const assemblyFolder = async (
  { cwd, err }: Pick<Console, 'cwd' | 'err'>,
  cdk: Cdk,
  { assembly, plans }: { readonly assembly?: string; readonly plans?: string },
  ...context: readonly string[]
): Promise<string> => {
  if (assembly !== undefined) return isAbsolute(assembly) ? assembly : join(cwd, assembly);
  const directory = join(cdk.directory, 'cdk.out');
  err('cdk    synth\n');
  await cdk.run([
    'synth',
    '--quiet',
    '--output',
    directory,
    '-c',
    `settings=${settingsFile(cwd, plans)}`,
    ...context.flatMap((one) => ['-c', one]),
  ]);
  return directory;
};
