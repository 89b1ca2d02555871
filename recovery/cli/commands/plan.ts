import type { CliCommand } from '../command.js';
import type { PlanOptions } from '../plan.js';
import { worldOptions } from '../world-options.js';

export const planCommand: CliCommand = {
  name: 'plan',
  describe: (command, act) =>
    worldOptions(command.description('survey the sites and show what a run would do: order, durations, critical path, point of no return'))
      .option('--mode <mode>', 'what the plan is for; this version plans a failover', 'failover')
      .option('--offline', 'from the documents alone, with nobody asked and nothing saved')
      .addHelpText('after', '\nExamples:\n  altsite plan\n  altsite plan --offline\n  altsite run --plan HASH\n')
      .action((options: PlanOptions) => act(async (console) => (await import('../plan.js')).plan(console, options))),
};
