import { publishAssembly, publishingPlace } from '../adapters/published-assemblies.js';
import { systemClock } from '../adapters/system-clock.js';
import { testedAssembly } from '../adapters/tested-assemblies.js';
import { assemblyFolder } from './assembly-folder.js';
import { withCdk } from './cdk.js';
import type { Console, Ended } from './command.js';
import { documentsOf, type WorldOptions } from './compose.js';
import { homeOf } from './home-of.js';
import { publishedRecord } from './published-record.js';
import { worldPlace } from './world-place.js';

export interface PublishOptions extends WorldOptions {
  readonly assembly?: string;
  readonly tested?: boolean;
}

/** Keeps an assembly where a recovery finds it without source, npm or synthesis: in the alternate's region. */
export const publish = async (console: Console, options: PublishOptions): Promise<Ended> => {
  const { settings } = documentsOf(console, options);
  const world = await worldPlace(console, options, settings);
  return withCdk(console, world.twin?.environment ?? null, async (cdk) => {
    const directory = await assemblyFolder(console, cdk, options);
    const untested = await publishedRecord(directory, systemClock.now());
    const record = options.tested ? { ...untested, ...(await testOf(console, untested.digest)) } : untested;
    const place = publishingPlace(settings, world.aws);
    const written = await publishAssembly(place, record, directory);
    const { digest, files, stacks } = record;
    const is = written ? 'published' : 'published before, and left as it was';
    const text = [
      `assembly ${digest}`,
      `${is}: ${files.length} files, ${stacks.length} stacks, in ${place.bucket}/altsite/assemblies/`,
      options.tested
        ? `tested by ${record.testedBy}, ${record.testedAt}`
        : 'not said to be tested: nothing is deployed from it until it is',
      `deploy it with: altsite deploy --published ${digest} 'Alternate/*'`,
    ];
    return { exitCode: 0, text: `${text.join('\n')}\n`, json: { written, bucket: place.bucket, ...record } };
  });
};

const testOf = async (console: Console, digest: string) => {
  const { testedBy, testedAt, run } = await testedAssembly(homeOf(console), digest);
  return { tested: true, testedBy: `${testedBy}, run ${run}`, testedAt };
};
