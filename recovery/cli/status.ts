import { isBeingWritten } from '../adapters/file-journal.js';
import { readRun } from '../adapters/home.js';
import { worldNow } from '../adapters/world-now.js';
import { fold } from '../engine/fold.js';
import { runStatus } from '../report/run-status.js';
import { textStatus } from '../report/text-status.js';
import type { CliCommand } from './command.js';
import { homeOf } from './compose.js';

export const statusCommand: CliCommand = {
  name: 'status',
  describe: (command, act) =>
    command
      .description('where a run stands, from its journal; also while another process carries it out')
      .argument('<run>')
      .option('--twin <url>', 'the twin whose clock says what time it is; default: the newest in $ALTSITE_HOME')
      .addHelpText('after', '\nExamples:\n  altsite status 20300101-0200-1a2b\n  watch -n 5 altsite status 20300101-0200-1a2b\n')
      .action((run: string, { twin }: { twin?: string }) =>
        act(async (console) => {
          const home = homeOf(console);
          const { plan, entries } = await readRun(home, run);
          const named = twin ?? console.environment['ALTSITE_TWIN'] ?? console.environment['AWS_ENDPOINT_URL'];
          const status = runStatus(plan, fold(entries), entries, {
            beingCarriedOut: await isBeingWritten(home.journal(run)),
            now: await worldNow(plan.world, home.twins, named),
          });
          return { exitCode: 0, text: textStatus(status), json: status };
        }),
      ),
};
