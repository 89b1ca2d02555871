import type { CliCommand } from '../command.js';
import type { WorldOptions } from '../compose.js';
import { worldOptions } from '../world-options.js';

export const checkCommand: CliCommand = {
  name: 'check',
  describe: (command, act) =>
    worldOptions(command.description('whether the alternate site is ready to be recovered to now, with evidence; exit code 6 if not'))
      .addHelpText('after', '\nExamples:\n  altsite check\n  altsite check --json\n')
      .action((options: WorldOptions) => act(async (console) => (await import('../check.js')).check(console, options))),
};
