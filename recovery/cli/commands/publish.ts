import type { CliCommand } from '../command.js';
import type { PublishOptions } from '../publish.js';
import { worldOptions } from '../world-options.js';

export const publishCommand: CliCommand = {
  name: 'publish',
  describe: (command, act) =>
    worldOptions(
      command.description("keep the synthesised assembly in the alternate's region, so that a recovery needs no source, npm or synthesis"),
    )
      .option('--assembly <directory>', 'publish this cloud assembly; default: synthesised now')
      .option('--tested', 'it may be deployed from there: refused unless altsite rehearse recovered with exactly these files')
      .addHelpText('after', '\nExamples:\n  altsite publish\n  altsite rehearse && altsite publish --tested\n')
      .action((options: PublishOptions) => act(async (console) => (await import('../publish.js')).publish(console, options))),
};
