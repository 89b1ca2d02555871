import type { CliCommand } from '../command.js';
import { storeOptions, type StoreOptions } from '../store-options.js';

export const adoptCommand: CliCommand = {
  name: 'adopt',
  describe: (command, act) =>
    storeOptions(
      command
        .description(
          'take the database that a run restored into CloudFormation, by an import that does not touch it; exit code 6 unless nothing differs',
        )
        .argument('<run>'),
    )
      .addHelpText('after', '\nExamples:\n  altsite adopt 20300101-0200-1a2b\n')
      .action((run: string, options: StoreOptions) => act(async (console) => (await import('../adopt.js')).adopt(console, run, options))),
};
