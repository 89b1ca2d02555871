import type { CliCommand } from '../command.js';
import type { DeployOptions } from '../deploy.js';
import { worldOptions } from '../world-options.js';

export const deployCommand: CliCommand = {
  name: 'deploy',
  describe: (command, act) =>
    worldOptions(
      command
        .description(
          'deploy stacks with cdk, but execute no change set that replaces or removes anything holding data; exit code 6 if there is one',
        )
        .argument('[stacks...]', "such as 'Primary/*'; none: all, and whatever the named ones need"),
    )
      .option('--assembly <directory>', 'deploy this cloud assembly; default: synthesised now')
      .option('--published <digest>', 'deploy the assembly published under it, or the latest; refused unless it was tested')
      .addHelpText(
        'after',
        "\nExamples:\n  altsite deploy 'Alternate/*'\n  altsite deploy Primary/Database --assembly cdk.out\n  altsite deploy 'Alternate/*' --published latest\n",
      )
      .action((stacks: string[], options: DeployOptions) =>
        act(async (console) => (await import('../deploy.js')).deploy(console, stacks, options)),
      ),
};
