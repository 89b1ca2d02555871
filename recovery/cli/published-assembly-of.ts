import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../lib/contract/settings.js';
import { fetchAssembly, publishedIn, publishingPlace, type Published } from '../adapters/published-assemblies.js';
import type { PublishedAssembly } from '../model/published-assembly.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Aws } from '../ports/aws.js';
import type { Console } from './command.js';

/** A folder with exactly what was published under a digest, or last. @throws RecoveryError `rejected` for what was not tested, or was altered. */
export const publishedAssemblyOf = async (console: Console, wanted: string, settings: Settings, aws: Aws): Promise<string> => {
  const place = publishingPlace(settings, aws);
  const chosen = choose(wanted, await publishedIn(place), place.bucket);
  const directory = await mkdtemp(join(tmpdir(), 'altsite-published-'));
  console.err(`assembly ${chosen.digest} from ${place.bucket}, tested by ${chosen.testedBy} at ${chosen.testedAt}\n`);
  await fetchAssembly(place, chosen, directory);
  return directory;
};

const choose = (wanted: string, { assemblies: published, altered }: Published, bucket: string): PublishedAssembly => {
  // Which one is the latest cannot be told where one does not say when it was published.
  const unbelieved = wanted === 'latest' ? [...altered.values()][0] : altered.get(wanted);
  if (unbelieved) throw unbelieved;
  const found = wanted === 'latest' ? published.at(-1) : published.find(({ digest }) => digest === wanted);
  const digests = published.map(({ digest, tested }) => `${digest}${tested ? '' : ' (untested)'}`).join(', ') || 'none';
  if (!found)
    throw new RecoveryError('invalid', 'unknown-assembly', `no assembly ${wanted} is published in ${bucket}; there are: ${digests}`);
  if (!found.tested)
    throw new RecoveryError(
      'rejected',
      'untested-assembly',
      `assembly ${found.digest} is published and was not tested, and so is not deployed; rehearse with it and publish it --tested, or deploy a tested one of: ${digests}`,
    );
  return found;
};
