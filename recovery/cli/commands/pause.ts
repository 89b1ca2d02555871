import type { CliCommand } from '../command.js';
import type { PauseOptions } from '../pause.js';
import { storeOptions } from '../store-options.js';

export const pauseCommand: CliCommand = {
  name: 'pause',
  describe: (command, act) =>
    storeOptions(command.description('have a run that is being carried out stand still; altsite resume goes on'))
      .argument('<run>')
      .requiredOption('--by <role>', 'who wants that: a role of the plan')
      .requiredOption('--reason <text>', 'why')
      .addHelpText('after', '\nExample:\n  altsite pause 20300101-0200-1a2b --by cto --reason "the region may be coming back"\n')
      .action((run: string, options: PauseOptions) => act(async (console) => (await import('../pause.js')).pause(console, run, options))),
};
