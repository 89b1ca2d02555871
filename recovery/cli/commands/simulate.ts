import type { CliCommand } from '../command.js';
import type { SimulateOptions } from '../simulate.js';

export const simulateCommand: CliCommand = {
  name: 'simulate',
  describe: (command, act) =>
    command
      .description(
        'the same plan over many seeded disasters: how long recovery takes, what to shorten, and whether anything ever goes wrong',
      )
      .option('--plan <hash>', 'a saved plan; default: what the documents of plans/ambassify say')
      .option('--plans <directory>', 'contingency plan, runbooks and settings; default: plans/ambassify')
      .option('--seeds <n>', 'how many disasters', '200')
      .option('--from-seed <s>', 'the first of them', '1')
      .option('--faults <names>', 'what goes wrong besides: some, by name and separated by commas; none; or all, mixed', 'all')
      .option('--assumed', 'durations as the twin assumes them, whatever earlier runs here took')
      .option('--fail-if <condition>', "exit 6 when it holds: 'p95>24h', 'p50>=PT1H', 'withinObjective<0.99', 'recovered<0.5'")
      .option('--resume', 'go on with the same simulation where it was interrupted')
      .addHelpText(
        'after',
        "\nExamples:\n  altsite simulate\n  altsite simulate --seeds 2000 --fail-if 'p95>24h'\n  altsite simulate --seeds 1 --from-seed 4711\n",
      )
      .action((options: SimulateOptions) => act(async (console) => (await import('../simulate.js')).simulate(console, options))),
};
