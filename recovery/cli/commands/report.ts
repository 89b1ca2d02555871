import type { CliCommand } from '../command.js';
import type { ReportOptions } from '../report.js';
import { storeOptions } from '../store-options.js';

export const reportCommand: CliCommand = {
  name: 'report',
  describe: (command, act) =>
    storeOptions(command.description('what a run did, when, by whom; measured RTO and RPO; what was not proven'))
      .argument('<run>')
      .option('--html [file]', 'as one page for phone, paper and auditor; default: report.html beside the journal; - for stdout')
      .addHelpText(
        'after',
        '\nExamples:\n  altsite report 20300101-0200-1a2b\n  altsite report 20300101-0200-1a2b --html /tmp/report.html\n',
      )
      .action((run: string, options: ReportOptions) =>
        act(async (console) => (await import('../report.js')).report(console, run, options)),
      ),
};
