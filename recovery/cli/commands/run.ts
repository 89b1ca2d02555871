import type { CliCommand } from '../command.js';
import type { RunOptions } from '../run.js';
import { storeOption } from '../store-options.js';
import { worldOptions } from '../world-options.js';

export const runCommand: CliCommand = {
  name: 'run',
  describe: (command, act) =>
    storeOption(worldOptions(command.description('survey, plan and carry the recovery out in the alternate site')))
      .option('--plan <hash>', 'carry out a plan made before')
      .option(
        '--published <digest>',
        'first deploy the site recovered to from the assembly published under it, or the latest; refused unless it was tested',
      )
      .option('--disrupted-at <instant>', 'when the disruption began, ISO 8601; the RTO and RPO clocks start there')
      .option('--authority <role>', 'who activates the plan and authorises what cannot be undone')
      .option('--reason <text>', 'why')
      .option('--until-irreversible', 'do all that can be undone, then hold: nobody need activate the plan for that')
      .option('--scenario <name>', 'who answers for people in a rehearsal', 'primary-region-lost')
      .option('--no-scenario', 'people answer for themselves: altsite ack, --authority')
      .option('--seed <number>', 'noted in the report')
      .addHelpText(
        'after',
        '\nExamples:\n  altsite run --disrupted-at 2030-01-01T02:00:00Z\n  altsite run --world aws --account 111122223333 --authority cto --reason "region lost"\n  altsite run --until-irreversible\n',
      )
      .action((options: RunOptions) => act(async (console) => (await import('../run.js')).run(console, options))),
};
