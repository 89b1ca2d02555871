import { join } from 'node:path';
import type { Settings } from '../../lib/contract/settings.js';
import { judge, rulesFor } from '../../lib/portability/index.js';
import { siteTag, type Finding } from '../../lib/portability/judged.js';
import { knownResources } from '../../lib/portability/known-resources.js';
import { readAssembly, type AssemblyStack, type CloudAssembly } from '../adapters/cloud-assembly.js';
import { regionClients } from '../adapters/region-clients.js';
import { systemClock } from '../adapters/system-clock.js';
import { writeWhole } from '../adapters/write-whole.js';
import { RecoveryError } from '../model/recovery-error.js';
import { regionProbes, siteProbes } from '../portability/index.js';
import { probed } from '../portability/probe.js';
import type { RegionAws } from '../ports/region-aws.js';
import { assemblyFolder } from './assembly-folder.js';
import { withCdk } from './cdk.js';
import type { Console, Ended } from './command.js';
import { documentsOf, type WorldOptions } from './compose.js';
import { homeOf } from './home-of.js';
import { settingsFile } from './settings-file.js';
import { worldPlace, type WorldPlace } from './world-place.js';

export interface PortabilityOptions extends WorldOptions {
  readonly site?: string;
  readonly assembly?: string;
  readonly offline?: boolean;
}

/** Whether a stack could be built where it has to be, for exactly this template. */
export interface Verdict {
  readonly site: string | null;
  readonly name: string;
  /** Of the template, as SHA-256. */
  readonly digest: string;
  readonly replicable: boolean;
  readonly findings: readonly Finding[];
}

export const portability = async (console: Console, options: PortabilityOptions): Promise<Ended> => {
  const { settings } = documentsOf(console, options);
  const place = options.offline ? null : await worldPlace(console, options, settings);
  const all = await judgedNow(console, options, settings, place);
  const stacks = all.filter(({ site }) => options.site === undefined || site === options.site);
  if (stacks.length === 0)
    throw new RecoveryError(
      'invalid',
      'unknown-site',
      `no stack is of --site ${options.site}; there are ${[...new Set(all.map(({ site }) => site))].filter(Boolean).join(', ')}`,
    );
  const replicable = stacks.every((stack) => stack.replicable);
  const kept = join(homeOf(console).directory, 'portability', `${systemClock.now().replace(/[-:]|\.\d+/g, '')}.json`);
  const json = { replicable, asked: place ? settings.sites.alternate.region : null, stacks, kept };
  await writeWhole(kept, `${JSON.stringify(json, null, 2)}\n`);
  return { exitCode: replicable ? 0 : 6, text: text(json), json };
};

/** The verdicts on the assembly that the options name, or on production as it is synthesised now; `place`: where the alternate's region is asked. */
export const judgedNow = async (
  console: Console,
  options: Pick<PortabilityOptions, 'plans' | 'assembly'>,
  settings: Settings,
  place: WorldPlace | null,
): Promise<Verdict[]> => {
  const assembly = await withCdk(console, place?.twin?.environment ?? null, async (cdk) =>
    readAssembly(await assemblyFolder(console, cdk, options, 'portability=judged-later')),
  );
  const known = knownResources(settingsFile(console.cwd, options.plans));
  return verdicts(assembly, settings, known, place && regionClients(place.clients));
};

/**
 * Every stack by the rules; and where a region can be asked, the stacks of both sites by what the *alternate's* region offers: a recovery
 * needs there whatever the primary has here. What the alternate must have beforehand is asked of its own stacks.
 */
export const verdicts = async (
  assembly: CloudAssembly,
  { sites }: Settings,
  known: Parameters<typeof rulesFor>[0],
  aws: RegionAws | null,
): Promise<Verdict[]> => {
  const rules = rulesFor(known);
  const asked = async (stack: AssemblyStack): Promise<Finding[]> => {
    if (!aws || !(siteTag in stack.tags)) return [];
    const isAlternate = stack.tags[siteTag] === sites.alternate.name;
    const probes = isAlternate ? [...regionProbes, ...siteProbes] : regionProbes;
    return (await Promise.all(probes.map((probe) => probed(probe, stack, sites.alternate.region, aws)))).flat();
  };
  return Promise.all(
    assembly.stacks.map(async (stack) => {
      const findings = [...judge(stack, assembly, rules), ...(await asked(stack))];
      return { site: stack.tags[siteTag] ?? null, name: stack.name, digest: stack.digest, replicable: findings.length === 0, findings };
    }),
  );
};

const text = ({
  replicable,
  asked,
  stacks,
  kept,
}: {
  replicable: boolean;
  asked: string | null;
  stacks: readonly Verdict[];
  kept: string;
}): string =>
  [
    replicable ? 'production can be replicated' : 'production can NOT be replicated as it is',
    asked ? `by the rules, and by what ${asked} has and offers now` : 'by the rules; no region was asked',
    '',
    ...stacks.flatMap(({ name, digest, findings }) => [
      `  ${findings.length === 0 ? 'yes' : 'no '}  ${name}  template ${digest.slice(0, 12)}`,
      ...findings.map(({ rule, path, reason }) => `         ${path}: ${reason} (${rule})`),
    ]),
    '',
    `evidence ${kept}`,
    '',
  ].join('\n');
