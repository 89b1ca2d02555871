import { decisions } from '../../model/decision.js';
import type { CliCommand } from '../command.js';
import type { Said } from '../decision.js';
import { storeOptions, type StoreOptions } from '../store-options.js';

export const decideCommand: CliCommand = {
  name: 'decide',
  describe: (command, act) =>
    storeOptions(command.description('choose how a held run goes on'))
      .argument('<run>')
      .argument('<task>', 'where it stands still; undo and abandon concern the whole run')
      .argument('<decision>', decisions.join(', '))
      .requiredOption('--by <role>', 'who decides: a role of the plan; a waiver is for those with authority')
      .requiredOption('--reason <text>', 'why')
      .option('--expires <instant>', 'waive: when the waiver ends, ISO 8601')
      .option('--for <duration>', 'waive: for how long, e.g. PT4H')
      .addHelpText(
        'after',
        `
Decisions:
  retry    do it again, as another attempt that takes up what the last one left
  skip     let it count as finished; never a gate, the fence, the receipt or what others take the output of
  waive    let a gate pass that does not hold, until it expires; never the fence, the recovery point or the data
  undo     take back everything the run began, newest first; only before the point of no return
  abandon  end the run where it stands

Examples:
  altsite decide 20300101-0200-1a2b smoke-tests retry --by cto --reason "application fixed"
  altsite decide 20300101-0200-1a2b test-alerting waive --by cto --reason "pager is known to be down" --for PT4H
`,
      )
      .action((run: string, task: string, decision: string, options: Omit<Said, 'task' | 'decision'> & StoreOptions) =>
        act(async (console) => (await import('../decide.js')).decide(console, run, { ...options, task, decision })),
      ),
};
