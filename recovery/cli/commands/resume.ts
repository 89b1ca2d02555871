import type { CliCommand } from '../command.js';
import type { ResumeOptions } from '../resume.js';
import { storeOption } from '../store-options.js';
import { worldOptions } from '../world-options.js';

export const resumeCommand: CliCommand = {
  name: 'resume',
  describe: (command, act) =>
    storeOption(worldOptions(command.description('continue a run from its journal, on any machine that has it').argument('<run>')))
      .option('--authority <role>', 'who activates the plan, where nobody did, and authorises what cannot be undone')
      .option('--reason <text>', 'why')
      .option('--no-scenario', 'people answer for themselves from here on')
      .addHelpText('after', '\nExample:\n  altsite resume 20300101-0200-1a2b\n')
      .action((run: string, options: ResumeOptions) =>
        act(async (console) => (await import('../resume.js')).resume(console, run, options)),
      ),
};
