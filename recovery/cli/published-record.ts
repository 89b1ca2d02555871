import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assemblyFiles } from '../adapters/assembly-files.js';
import { readAssembly } from '../adapters/cloud-assembly.js';
import { sha256 } from '../model/canonical.js';
import { assemblyDigest, type PublishedAssembly } from '../model/published-assembly.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Instant } from '../model/time.js';
import { packageRoot } from './package-root.js';

/** What the assembly in `directory` would be published as, not tested yet. @throws RecoveryError `invalid` outside a checkout. */
export const publishedRecord = async (directory: string, publishedAt: Instant): Promise<PublishedAssembly> => {
  const { stacks } = await readAssembly(directory);
  const files = await assemblyFiles(directory);
  const lockfile = await readFile(join(packageRoot, 'package-lock.json')).catch((cause: unknown) => {
    const why = `there is no package-lock.json in ${packageRoot} that says what the assembly was synthesised with; publish from a checkout`;
    throw new RecoveryError('invalid', 'no-lockfile', why, { cause });
  });
  const cdk = JSON.parse(await readFile(join(packageRoot, 'node_modules', 'aws-cdk', 'package.json'), 'utf8')) as { version: string };
  return {
    format: 1,
    digest: assemblyDigest(files),
    publishedAt,
    ...{ tested: false, testedBy: null, testedAt: null },
    lockfile: sha256(lockfile),
    cdk: cdk.version,
    files,
    stacks: stacks.map(({ name, region, tags, digest }) => ({ name, region, site: tags['altsite:site'] ?? null, template: digest })),
  };
};
