import type { CliCommand } from '../command.js';

export const statusCommand: CliCommand = {
  name: 'status',
  describe: (command, act) =>
    command
      .description('where a run stands, from its journal; also while another process carries it out')
      .argument('<run>')
      .option('--twin <url>', 'the twin whose clock says what time it is; default: the newest in $ALTSITE_HOME')
      .addHelpText('after', '\nExamples:\n  altsite status 20300101-0200-1a2b\n  watch -n 5 altsite status 20300101-0200-1a2b\n')
      .action((run: string, { twin }: { twin?: string }) =>
        act(async (console) => (await import('../status.js')).status(console, run, twin)),
      ),
};
