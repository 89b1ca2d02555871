import { join } from 'node:path';
import { writeWhole } from '../adapters/write-whole.js';
import type { Evidence } from '../model/evidence.js';
import type { Instant } from '../model/time.js';
import type { Console, Ended } from './command.js';
import { documentsOf, enter, type WorldOptions } from './compose.js';
import { judgedNow, type Verdict } from './portability.js';
import { readinessAt } from './readiness.js';
import { storeOf } from './store-of.js';
import { worldPlace } from './world-place.js';

export interface CheckOptions extends WorldOptions {
  readonly assembly?: string;
}

/** Whether the alternate site is ready to be recovered to right now: every claim with its evidence, which is kept. */
export const check = async (console: Console, options: CheckOptions): Promise<Ended> => {
  const documents = documentsOf(console, options);
  const place = await worldPlace(console, options, documents.settings);
  // Before the world is entered: whoever synthesises for ten seconds has no need of its clock.
  const stacks = await judgedNow(console, options, documents.settings, place);
  const world = await enter(console, place, await storeOf(console, options), documents.settings, 'altsite check');
  try {
    const at = world.clock.now();
    const answers = [...(await readinessAt(at, documents, world)), portable(stacks, at)];
    const ready = answers.every(({ holds }) => holds === true || holds === 'does-not-apply');
    const { name: site, region } = documents.settings.sites.alternate;
    const kept = join(world.home.directory, 'checks', `${at.replace(/[-:]|\.\d+/g, '')}.json`);
    const json = { ready, site, region, world: world.name, at, answers, kept };
    await writeWhole(kept, `${JSON.stringify(json, null, 2)}\n`);
    return { exitCode: ready ? 0 : 6, text: text(json), json };
  } finally {
    await world.leave();
  }
};

const portable = (stacks: readonly Verdict[], at: Instant): Evidence => {
  const findings = stacks.flatMap(({ name, findings }) => findings.map(({ rule, path, reason }) => `${name} ${path}: ${reason} (${rule})`));
  return {
    check: 'portability',
    claim: "production's stacks can be built in this region",
    holds: stacks.length > 0 && findings.length === 0,
    expected: 'no rule and no probe of altsite portability finds anything in any stack',
    observed: findings.join(' · ') || `${stacks.length} stacks, nothing found`,
    at,
    source: 'the templates as synthesised, and what the region has and offers now',
  };
};

const words = { true: 'yes', false: 'no', unknown: 'unknown', 'does-not-apply': 'does not apply' };
const text = ({
  ready,
  site,
  region,
  at,
  answers,
  kept,
}: {
  ready: boolean;
  site: string;
  region: string;
  at: string;
  answers: Evidence[];
  kept: string;
}): string =>
  [
    `${site} in ${region} ${ready ? 'is ready to be recovered to' : 'is NOT ready to be recovered to'}, as of ${at}`,
    '',
    ...answers.map(
      ({ holds, claim, observed }) => `  ${words[String(holds) as keyof typeof words].padEnd(8)} ${claim}\n           ${observed}`,
    ),
    '',
    `evidence ${kept}`,
    '',
  ].join('\n');
