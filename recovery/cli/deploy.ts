import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly, stacksNamed, stacksOfSite, type AssemblyStack } from '../adapters/cloud-assembly.js';
import { systemClock } from '../adapters/system-clock.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Console, Ended } from './command.js';
import { documentsOf, type WorldOptions } from './compose.js';
import { assemblyFolder } from './assembly-folder.js';
import { cdkOf } from './cdk.js';
import { deployStack, type DeployedStack } from './deploy-stack.js';
import { publishedAssemblyOf } from './published-assembly-of.js';
import { worldPlace } from './world-place.js';

export interface DeployOptions extends WorldOptions {
  readonly assembly?: string;
  /** A digest, or `latest`. */
  readonly published?: string;
}

/** What became of a stack that nobody tried to deploy. */
interface NotTried {
  readonly path: string;
  readonly name: string;
  readonly region: string;
  readonly is: 'not-tried';
  readonly because: string;
}
type Outcome = DeployedStack | NotTried;

/** Deploys stacks by change sets that are read before they are executed. */
export const deploy = (console: Console, patterns: readonly string[], options: DeployOptions): Promise<Ended> =>
  deployChosen(console, options, (all) => stacksNamed(all, patterns));

/** The same for all stacks of one site, and whatever they need. */
export const deploySite = (console: Console, site: string, options: DeployOptions): Promise<Ended> =>
  deployChosen(console, options, (all) => stacksOfSite(all, site));

const deployChosen = async (
  console: Console,
  options: DeployOptions,
  choose: (all: readonly AssemblyStack[]) => readonly AssemblyStack[],
): Promise<Ended> => {
  const { settings } = documentsOf(console, options);
  const place = await worldPlace(console, options, settings);
  const cdk = cdkOf(console, place.twin?.environment ?? null, await mkdtemp(join(tmpdir(), 'altsite-deploy-')));
  const aws = place.aws;
  if (options.published !== undefined && options.assembly !== undefined)
    throw new RecoveryError('invalid', 'two-assemblies', '--published and --assembly each name an assembly; give one of them');
  const directory =
    options.published === undefined
      ? await assemblyFolder(console, cdk, options)
      : await publishedAssemblyOf(console, options.published, settings, aws);
  const stacks = choose((await readAssembly(directory)).stacks);
  const outcomes = new Map<string, Outcome>();
  const left = (): AssemblyStack[] => stacks.filter(({ path }) => !outcomes.has(path));
  while (left().length > 0) {
    const blocked = left().find(({ needs }) => needs.some((needed) => isStopped(outcomes.get(needed))));
    if (blocked) {
      const because = `it needs ${blocked.needs.find((needed) => isStopped(outcomes.get(needed)))}`;
      outcomes.set(blocked.path, { path: blocked.path, name: blocked.name, region: blocked.region, is: 'not-tried', because });
      continue;
    }
    const ready = left().filter(({ needs }) => needs.every((needed) => outcomes.has(needed)));
    console.err(`change sets of ${ready.map(({ path }) => path).join(', ')}\n`);
    const changeSet = `altsite-${ready[0]!.digest.slice(0, 16)}`;
    await cdk.run([
      ...['deploy', ...ready.map(({ path }) => path), '--app', directory, '--exclusively', '--require-approval', 'never'],
      ...['--method', 'prepare-change-set', '--change-set-name', changeSet, '--concurrency', String(Math.min(4, ready.length))],
    ]);
    await Promise.all(
      ready.map(async (stack) => {
        const outcome = await deployStack(stack, changeSet, aws.cloudformation(stack.region), systemClock);
        outcomes.set(stack.path, outcome);
        console.err(`${line(outcome)}\n`);
      }),
    );
  }
  const all = stacks.map(({ path }) => outcomes.get(path)!);
  const refused = all.some(isStopped);
  return { exitCode: refused ? 6 : 0, text: text(all, refused), json: { deployed: !refused, assembly: directory, stacks: all } };
};

const isStopped = (outcome: Outcome | undefined): boolean => outcome?.is === 'refused' || outcome?.is === 'not-tried';

const line = (outcome: Outcome): string => {
  const { path, name, region } = outcome;
  const said =
    outcome.is === 'not-tried'
      ? `not deployed: ${outcome.because}`
      : outcome.is === 'deployed'
        ? `deployed, ${outcome.changes} changes`
        : outcome.is;
  return `${path} (${name} in ${region}): ${said}`;
};

const text = (all: readonly Outcome[], refused: boolean): string =>
  [
    refused ? 'NOT deployed: what follows would be lost, and its change sets were not executed' : 'deployed, and protected against loss',
    '',
    ...all.flatMap((outcome) => [
      `  ${line(outcome)}`,
      ...('losses' in outcome ? outcome.losses.map(({ path, type, what }) => `    ${path} (${type}) ${what}`) : []),
    ]),
    '',
  ].join('\n');
