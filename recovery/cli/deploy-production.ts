import { join } from 'node:path';
import type { Settings } from '../../lib/contract/settings.js';
import { runProgram } from '../adapters/run-program.js';
import type { Console } from './command.js';
import { stopIfInterrupted } from './interruption.js';
import { packageRoot } from './package-root.js';

/** The real `cdk`, unmodified, with the environment the twin prints. @throws Interrupted */
export const deployProduction = async (
  console: Console,
  environment: Readonly<Record<string, string>>,
  directory: string,
  settings: Settings,
): Promise<void> => {
  const cdk = join(packageRoot, 'node_modules', '.bin', 'cdk');
  const regions = [settings.sites.primary.region, settings.sites.alternate.region, settings.witnessRegion];
  const run = async (args: readonly string[], cwd: string): Promise<void> => {
    stopIfInterrupted(console);
    const options = { cwd, environment: { ...withoutAws(console.environment), ...environment }, log: join(directory, 'cdk.log') };
    await runProgram(cdk, args, options).catch((error: unknown) => {
      // A terminal's Ctrl-C reaches cdk too.
      stopIfInterrupted(console);
      throw error;
    });
  };
  console.err(`cdk    bootstrap ${regions.join(' ')}\n`);
  // Outside the package, so that cdk.json does not synthesise the app once more; its `notices: false` has to be said again.
  await run(['bootstrap', '--no-notices', ...regions.map((region) => `aws://${settings.account}/${region}`)], directory);
  const assembly = join(directory, 'cdk.out');
  await run(['synth', '--quiet', '--output', assembly], packageRoot);
  // In this order: the failover pair aliases both sites' names, and Route 53 refuses an alias to a name that is not there.
  for (const stage of ['Primary/*', 'Alternate/*', 'Global/*']) {
    console.err(`cdk    deploy '${stage}'\n`);
    await run(['deploy', stage, '--app', assembly, '--require-approval', 'never', '--concurrency', '3'], packageRoot);
  }
};

/** Without what could lead an AWS client elsewhere, or let it sign as somebody: profiles, endpoints of single services, proxies. */
export const withoutAws = (environment: Console['environment']): Console['environment'] =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^AWS_|^(https?|all)_proxy$/i.test(name)));
