import { join } from 'node:path';
import type { Settings } from '../../lib/contract/settings.js';
import type { Cdk } from './cdk.js';
import type { Console } from './command.js';

/**
 * Bootstraps the regions of production, has its image pushed once there is a registry for it, and deploys all of it, with the real `cdk`.
 * @throws Interrupted
 */
export const deployProduction = async (
  { err }: Pick<Console, 'err'>,
  cdk: Cdk,
  settings: Settings,
  pushImage: () => Promise<string>,
): Promise<void> => {
  const regions = [settings.sites.primary.region, settings.sites.alternate.region, settings.witnessRegion];
  err(`cdk    bootstrap ${regions.join(' ')}\n`);
  const assembly = join(cdk.directory, 'cdk.out');
  // Side by side, and both over before anything else is, or said to have failed.
  const prepared = await Promise.allSettled([
    // Outside the package, so that cdk.json does not synthesise the app once more; its `notices: false` has to be said again.
    cdk.run(['bootstrap', '--no-notices', ...regions.map((region) => `aws://${settings.account}/${region}`)], cdk.directory),
    cdk.run(['synth', '--quiet', '--output', assembly]),
  ]);
  for (const one of prepared) if (one.status === 'rejected') throw one.reason;
  const deploy = async (...stages: string[]): Promise<void> => {
    err(`cdk    deploy ${stages.map((stage) => `'${stage}'`).join(' ')}\n`);
    await cdk.run(['deploy', ...stages, '--app', assembly, '--require-approval', 'never', '--concurrency', '3']);
  };
  await deploy('Primary/Images');
  err(`${await pushImage()}\n`);
  await deploy('Primary/*', 'Alternate/*');
  // Then only: the failover pair aliases both sites' names, and Route 53 refuses an alias to a name that is not there.
  await deploy('Global/*');
};
