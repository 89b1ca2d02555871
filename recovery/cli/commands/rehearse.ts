import type { CliCommand } from '../command.js';
import type { RehearseOptions } from '../rehearse.js';
import { scenarios } from '../scenarios/index.js';

const scenarioLines = scenarios.map(({ name, summary }) => `  ${name}\n      ${summary}`).join('\n');

export const rehearseCommand: CliCommand = {
  name: 'rehearse',
  describe: (command, act) =>
    command
      .description('deploy production into a local AWS, lose its region, recover it, prove it')
      .option('--scenario <name>', 'what goes wrong', 'primary-region-lost')
      .option('--seed <number>', 'decides backup time, disaster time, write rate and durations', '1')
      .option('--plans <directory>', 'contingency plan, runbooks and settings; default: plans/ambassify')
      .option('--measured', 'plan with what earlier runs took, not with what the steps assume')
      .option('--keep', 'leave the twin running afterwards, and say where it is')
      .addHelpText(
        'after',
        `\nScenarios:\n${scenarioLines}\n\nExamples:\n  altsite rehearse\n  altsite rehearse --scenario restore-stuck\n  altsite rehearse --seed 7 --keep --json\n`,
      )
      .action((options: RehearseOptions) => act(async (console) => (await import('../rehearse.js')).rehearse(console, options))),
};
