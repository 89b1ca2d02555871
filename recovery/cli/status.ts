import { writerInWords } from '../adapters/this-process.js';
import { worldNow } from '../adapters/world-now.js';
import { runStatus } from '../report/run-status.js';
import { textStatus } from '../report/text-status.js';
import type { Console, Ended } from './command.js';
import { homeOf } from './home-of.js';
import { readRun } from './read-run.js';
import { storeOf } from './store-of.js';
import type { StoreOptions } from './store-options.js';

export const status = async (console: Console, run: string, options: StoreOptions): Promise<Ended> => {
  const store = await storeOf(console, options);
  const { plan, state } = await readRun(store, run);
  const named = options.twin ?? console.environment['ALTSITE_TWIN'] ?? console.environment['AWS_ENDPOINT_URL'];
  const writer = await store.writerOf(run);
  const standing = runStatus(plan, state, {
    writer: writer && writerInWords(writer),
    now: await worldNow(plan.world, homeOf(console).twins, named),
  });
  return { exitCode: 0, text: textStatus(standing), json: standing };
};
