import type { CliCommand } from '../command.js';
import type { PortabilityOptions } from '../portability.js';
import { worldOptions } from '../world-options.js';

export const portabilityCommand: CliCommand = {
  name: 'portability',
  describe: (command, act) =>
    worldOptions(
      command.description(
        'whether production can be built in the alternate region at all, stack by stack, with reasons; exit code 6 if not',
      ),
    )
      .option('--site <name>', 'only the stacks of this site')
      .option('--assembly <directory>', 'judge this cloud assembly; default: synthesised now')
      .option('--offline', 'by the rules alone, with no region asked')
      .addHelpText(
        'after',
        '\nExamples:\n  altsite portability\n  altsite portability --offline --assembly cdk.out\n  altsite portability --site frankfurt --json\n',
      )
      .action((options: PortabilityOptions) => act(async (console) => (await import('../portability.js')).portability(console, options))),
};
