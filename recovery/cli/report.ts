import { isAbsolute, join } from 'node:path';
import { readRun, writeWhole } from '../adapters/home.js';
import { fold } from '../engine/fold.js';
import { RecoveryError } from '../model/recovery-error.js';
import { htmlReport } from '../report/html-report.js';
import { runReport } from '../report/run-report.js';
import { textReport } from '../report/text-report.js';
import type { Console, Ended } from './command.js';
import { homeOf } from './home-of.js';

export interface ReportOptions {
  /** True: beside the journal. */
  readonly html?: string | true;
  readonly json?: boolean;
}

export const report = async (console: Console, run: string, options: ReportOptions): Promise<Ended> => {
  const home = homeOf(console);
  if (options.html === '-' && options.json)
    throw new RecoveryError('invalid', 'two-outputs', '--html - and --json both want stdout; name a file: --html FILE');
  const { plan, entries } = await readRun(home, run);
  const made = runReport(plan, fold(entries), entries, home.journal(run));
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
