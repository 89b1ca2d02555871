import { readRun } from '../adapters/home.js';
import { fold } from '../engine/fold.js';
import { runReport } from '../report/run-report.js';
import { textReport } from '../report/text-report.js';
import type { CliCommand } from './command.js';
import { homeOf } from './compose.js';

export const reportCommand: CliCommand = {
  name: 'report',
  describe: (command, act) =>
    command
      .description('what a run did, when, by whom; measured RTO and RPO; what was not proven')
      .argument('<run>')
      .addHelpText('after', '\nExample:\n  altsite report 20300101-0200-1a2b\n')
      .action((run: string) =>
        act(async (console) => {
          const home = homeOf(console);
          const { plan, entries } = await readRun(home, run);
          const report = runReport(plan, fold(entries), entries, home.journal(run));
          return { exitCode: 0, text: textReport(report), json: report };
        }),
      ),
};
