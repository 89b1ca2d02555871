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
  // Outside the package, so that cdk.json does not synthesise the app once more; its `notices: false` has to be said again.
  await cdk.run(['bootstrap', '--no-notices', ...regions.map((region) => `aws://${settings.account}/${region}`)], cdk.directory);
  const assembly = join(cdk.directory, 'cdk.out');
  await cdk.run(['synth', '--quiet', '--output', assembly]);
  const deploy = async (stage: string): Promise<void> => {
    err(`cdk    deploy '${stage}'\n`);
    await cdk.run(['deploy', stage, '--app', assembly, '--require-approval', 'never', '--concurrency', '3']);
  };
  await deploy('Primary/Images');
  err(`${await pushImage()}\n`);
  // In this order: the failover pair aliases both sites' names, and Route 53 refuses an alias to a name that is not there.
  for (const stage of ['Primary/*', 'Alternate/*', 'Global/*']) await deploy(stage);
};
