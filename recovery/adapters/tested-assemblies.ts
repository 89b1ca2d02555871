import { readFile } from 'node:fs/promises';
import { canonical } from '../model/canonical.js';
import { testedAssemblySchema, type TestedAssembly } from '../model/published-assembly.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Home } from './home.js';
import { writeWhole } from './write-whole.js';

/** Notes that a site was recovered with exactly these files. */
export const noteTested = (home: Home, tested: TestedAssembly): Promise<void> =>
  writeWhole(home.testedAssembly(tested.digest), `${canonical(tested)}\n`);

/** @throws RecoveryError `rejected` where nothing says that this digest was tested. */
export const testedAssembly = async (home: Home, digest: string): Promise<TestedAssembly> => {
  const file = home.testedAssembly(digest);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null)
    throw new RecoveryError(
      'rejected',
      'untested-assembly',
      `no rehearsal has recovered with assembly ${digest}: there is no ${file}; run altsite rehearse, which notes what it recovered with`,
    );
  const parsed = testedAssemblySchema.safeParse(JSON.parse(text));
  if (parsed.success && parsed.data.digest === digest) return parsed.data;
  throw new RecoveryError('rejected', 'untested-assembly', `${file} does not say that assembly ${digest} was tested; rehearse again`);
};
