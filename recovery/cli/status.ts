import { isBeingWritten } from '../adapters/file-journal.js';
import { readRun } from '../adapters/home.js';
import { worldNow } from '../adapters/world-now.js';
import { fold } from '../engine/fold.js';
import { runStatus } from '../report/run-status.js';
import { textStatus } from '../report/text-status.js';
import type { Console, Ended } from './command.js';
import { homeOf } from './home-of.js';

export const status = async (console: Console, run: string, twin: string | undefined): Promise<Ended> => {
  const home = homeOf(console);
  const { plan, entries } = await readRun(home, run);
  const named = twin ?? console.environment['ALTSITE_TWIN'] ?? console.environment['AWS_ENDPOINT_URL'];
  const standing = runStatus(plan, fold(entries), entries, {
    beingCarriedOut: await isBeingWritten(home.journal(run)),
    now: await worldNow(plan.world, home.twins, named),
  });
  return { exitCode: 0, text: textStatus(standing), json: standing };
};
