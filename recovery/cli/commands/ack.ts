import type { AckOptions } from '../ack.js';
import type { CliCommand } from '../command.js';
import { storeOptions } from '../store-options.js';

export const ackCommand: CliCommand = {
  name: 'ack',
  describe: (command, act) =>
    storeOptions(command.description('acknowledge a task that only people can do'))
      .argument('<run>')
      .argument('<task>')
      .option('--by <role>', 'who acknowledges; default: the owner of the task')
      .option('--note <text>', 'what was done', '')
      .addHelpText(
        'after',
        '\nExample:\n  altsite ack 20300101-0200-1a2b contact-partners-and-customers --note "status page and mail out"\n',
      )
      .action((run: string, task: string, options: AckOptions) =>
        act(async (console) => (await import('../ack.js')).ack(console, run, task, options)),
      ),
};
