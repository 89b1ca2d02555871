import type { CliCommand } from '../command.js';
import type { CheckOptions } from '../check.js';
import { worldOptions } from '../world-options.js';

export const checkCommand: CliCommand = {
  name: 'check',
  describe: (command, act) =>
    worldOptions(command.description('whether the alternate site is ready to be recovered to now, with evidence; exit code 6 if not'))
      .option('--assembly <directory>', 'judge this cloud assembly; default: synthesised now')
      .addHelpText('after', '\nExamples:\n  altsite check\n  altsite check --assembly cdk.out --json\n')
      .action((options: CheckOptions) => act(async (console) => (await import('../check.js')).check(console, options))),
};
