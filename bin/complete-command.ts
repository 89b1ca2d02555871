import { Command } from 'commander';
import type { Surroundings } from './completion.js';

export const shells = ['bash', 'zsh', 'fish', 'powershell'];

/** `altsite complete`: prints what a shell needs to complete lines, and answers when that asks. */
export const completeCommand = (argv: readonly string[], surroundings: Surroundings): Command => {
  const command = new Command('complete')
    .exitOverride()
    .description('completion of commands, options, runs, tasks and roles in your shell')
    .argument('[shell]', shells.join(', '))
    .allowExcessArguments()
    .addHelpText(
      'after',
      `
Install it:
  bash         echo 'source <(altsite complete bash)' >> ~/.bashrc           (needs the package bash-completion)
  zsh          echo 'source <(altsite complete zsh)' >> ~/.zshrc
  fish         altsite complete fish > ~/.config/fish/completions/altsite.fish
  powershell   altsite complete powershell >> $PROFILE

The shell finds altsite on its PATH: npm link, or npm install --global, puts it there.

Example:
  source <(altsite complete bash)
`,
    )
    .action(async (shell: string | undefined) => {
      const { answer, script } = await import('./completion.js');
      if (argv[1] === '--') return answer(argv.slice(2), surroundings);
      if (shell !== undefined && shells.includes(shell)) return script(shell);
      const wrong = shell === undefined ? 'say for which shell' : `${shell} is not a shell that altsite completes in`;
      return command.error(`error: ${wrong}: altsite complete ${shells.join('|')}`, { code: 'unknown-shell' });
    });
  return command;
};
