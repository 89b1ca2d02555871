import { isAbsolute, join } from 'node:path';
import { readRun, writeWhole } from '../adapters/home.js';
import { fold } from '../engine/fold.js';
import { RecoveryError } from '../model/recovery-error.js';
import { htmlReport } from '../report/html-report.js';
import { runReport } from '../report/run-report.js';
import { textReport } from '../report/text-report.js';
import type { CliCommand, Console, Ended } from './command.js';
import { homeOf } from './compose.js';

export const reportCommand: CliCommand = {
  name: 'report',
  describe: (command, act) =>
    command
      .description('what a run did, when, by whom; measured RTO and RPO; what was not proven')
      .argument('<run>')
      .option('--html [file]', 'as one page for phone, paper and auditor; default: report.html beside the journal; - for stdout')
      .addHelpText(
        'after',
        '\nExamples:\n  altsite report 20300101-0200-1a2b\n  altsite report 20300101-0200-1a2b --html /tmp/report.html\n',
      )
      .action((run: string, options: { html?: string | true; json?: boolean }) => act((console) => report(console, run, options))),
};

const report = async (console: Console, run: string, options: { html?: string | true; json?: boolean }): Promise<Ended> => {
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
