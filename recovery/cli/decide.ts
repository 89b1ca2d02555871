import { openFileJournal } from '../adapters/file-journal.js';
import { readRun } from '../adapters/home.js';
import { fold } from '../engine/fold.js';
import type { Decision } from '../model/journal-entry.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { CliCommand } from './command.js';
import { homeOf } from './compose.js';

const decisions: readonly Decision[] = ['retry', 'abandon'];

export const decideCommand: CliCommand = {
  name: 'decide',
  describe: (command, act) =>
    command
      .description('choose how a held run goes on')
      .argument('<run>')
      .argument('<task>')
      .argument('<decision>', decisions.join(' or '))
      .requiredOption('--by <role>', 'who decides')
      .requiredOption('--reason <text>', 'why')
      .addHelpText('after', '\nExample:\n  altsite decide 20300101-0200-1a2b smoke-tests retry --by cto --reason "application fixed"\n')
      .action((run: string, task: string, decision: string, { by, reason }: { by: string; reason: string }) =>
        act(async (console) => {
          const home = homeOf(console);
          const { entries } = await readRun(home, run);
          const state = fold(entries);
          const chosen = decisions.find((one) => one === decision);
          if (!chosen)
            throw new RecoveryError('invalid', 'unknown-decision', `${decision} is not a decision; choose ${decisions.join(' or ')}`);
          const failed = state.tasks.get(task)?.is === 'failed';
          // A hold names one task; others may have failed beside it and are decided one by one.
          if (!state.hold && !failed) throw new RecoveryError('invalid', 'not-held', `run ${run} is not held; there is nothing to decide`);
          if (chosen === 'retry' && !failed)
            throw new RecoveryError('invalid', 'not-failed', `${task} has not failed; there is nothing to retry`);
          const journal = await openFileJournal(home.journal(run));
          try {
            // Nobody has moved the world's clock since the run held, so the decision carries the hold's own moment.
            const at = journal.entries.at(-1)?.at ?? '';
            await journal.append({ kind: 'decided', task, decision: chosen, by, reason }, at, journal.entries.length);
          } finally {
            await journal.close();
          }
          return {
            exitCode: 0,
            text: `${chosen} ${task}: noted. Continue with: altsite resume ${run}\n`,
            json: { run, task, decision: chosen, by, reason },
          };
        }),
      ),
};
