import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { altsite, cdk, type Twin } from './altsite.js';

export const regions = ['eu-west-1', 'eu-central-1', 'eu-west-3'] as const;

export const bootstrap = async ({ environment, home }: Twin): Promise<void> => {
  // In a folder without a cdk.json, or the app there would be synthesised too.
  await cdk(['bootstrap', ...regions.map((region) => `aws://111122223333/${region}`)], environment, home);
};

/** What the settings name, into the primary's registry, whose stack has to be there. */
export const pushImage = async (twin: Twin): Promise<void> => {
  const [, image = ''] = /^ {2}image: (\S+)$/m.exec(await readFile('plans/ambassify/settings.yaml', 'utf8')) ?? [];
  const { code, stderr } = await altsite(['twin', 'push', image, '--twin', twin.url], twin);
  if (code !== 0) throw new Error(`${image} was not pushed: ${stderr}`);
};

const withContents = (hash: Hash, path: string): Hash =>
  statSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => withContents(sum, join(path, name)), hash)
    : hash.update(path).update(readFileSync(path));

/** What the real `cdk synth` makes of production as its source is now, in a folder of the caller's own; made once for all suites. */
export const synthesise = async (to: string): Promise<void> => {
  const source = ['bin', 'lib', 'plans', 'cdk.json', 'package-lock.json'].reduce(withContents, createHash('sha256')).digest('hex');
  const kept = join('dist', `assembly-${source.slice(0, 16)}`);
  if (!existsSync(kept)) {
    const made = await mkdtemp(`${kept}-`);
    await cdk(['synth', '--quiet', '--output', made], {});
    // A suite beside this one may have been quicker.
    await rename(made, kept).catch(() => rm(made, { recursive: true }));
  }
  await cp(kept, to, { recursive: true });
};

/** Bootstraps three regions, pushes the image and deploys the three stages, as `altsite rehearse` does. */
export const deployProduction = async (twin: Twin): Promise<void> => {
  const assembly = join(twin.home, 'cdk.out');
  await Promise.all([bootstrap(twin), synthesise(assembly)]);
  const deploy = (...stacks: string[]) =>
    cdk(['deploy', ...stacks, '--app', assembly, '--require-approval', 'never', '--concurrency', '3'], twin.environment);
  await deploy('Primary/Images');
  await pushImage(twin);
  await deploy('Primary/*', 'Alternate/*');
  await deploy('Global/*');
};
