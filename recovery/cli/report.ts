import { isAbsolute, join } from 'node:path';
import { writeWhole } from '../adapters/write-whole.js';
import { fold } from '../engine/fold.js';
import { RecoveryError } from '../model/recovery-error.js';
import { htmlReport } from '../report/html-report.js';
import { runReport } from '../report/run-report.js';
import { textReport } from '../report/text-report.js';
import type { Console, Ended } from './command.js';
import { homeOf } from './home-of.js';
import { readWhole } from './read-whole.js';
import { storeOf } from './store-of.js';
import type { StoreOptions } from './store-options.js';

export interface ReportOptions extends StoreOptions {
  /** True: beside the journal. */
  readonly html?: string | true;
  readonly json?: boolean;
}

export const report = async (console: Console, run: string, options: ReportOptions): Promise<Ended> => {
  const home = homeOf(console);
  if (options.html === '-' && options.json)
    throw new RecoveryError('invalid', 'two-outputs', '--html - and --json both want stdout; name a file: --html FILE');
  const store = await storeOf(console, options);
  const { plan, entries } = await readWhole(store, run);
  const made = runReport(plan, fold(entries), store.nameOf(run));
  if (options.html === undefined) return { exitCode: 0, text: textReport(made), json: made };
  const text = htmlReport({ plan, entries, report: made });
  if (options.html === '-') return { exitCode: 0, text, json: made };
  const page = options.html === true ? home.page(run) : isAbsolute(options.html) ? options.html : join(console.cwd, options.html);
  await writeWhole(page, text).catch((cause: Error) => {
    throw new RecoveryError('invalid', 'unwritable-file', `${page} cannot be written: ${cause.message}; name another with --html FILE`, {
      cause,
    });
  });
  return { exitCode: 0, text: `${page}\n`, json: { ...made, page } };
};
