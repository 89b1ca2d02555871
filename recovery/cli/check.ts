import { join } from 'node:path';
import { writeWhole } from '../adapters/write-whole.js';
import type { Evidence } from '../model/evidence.js';
import type { Console, Ended } from './command.js';
import { compose, documentsOf, type WorldOptions } from './compose.js';
import { readinessAt } from './readiness.js';

/** Whether the alternate site is ready to be recovered to right now: every claim with its evidence, which is kept. */
export const check = async (console: Console, options: WorldOptions): Promise<Ended> => {
  const documents = documentsOf(console, options);
  const world = await compose(console, options, documents.settings, 'altsite check');
  try {
    const at = world.clock.now();
    const answers = await readinessAt(at, documents, world);
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
