import type { CliCommand } from '../command.js';
import { storeOptions, type StoreOptions } from '../store-options.js';

export const statusCommand: CliCommand = {
  name: 'status',
  describe: (command, act) =>
    storeOptions(command.description('where a run stands, from its journal; also while another process carries it out').argument('<run>'))
      .addHelpText('after', '\nExamples:\n  altsite status 20300101-0200-1a2b\n  watch -n 5 altsite status 20300101-0200-1a2b\n')
      .action((run: string, options: StoreOptions) => act(async (console) => (await import('../status.js')).status(console, run, options))),
};
