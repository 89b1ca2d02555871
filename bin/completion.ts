/** Shell completion: the commands as commander knows them, and the values that only the state on this machine tells. */
import tab from '@bomb.sh/tab/commander';
import type { Values } from '../recovery/cli/known-values.js';
import { programOf } from '../recovery/cli/program.js';
import { twinProgram } from '../twin/cli/program.js';
import { completeCommand } from './complete-command.js';
import { valuesFor } from './completion-values.js';

/** What the process is given. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}
type Completion = ReturnType<typeof tab>;

/** Prints the completions of a line: its words after `altsite`, the last one as far as it is typed. */
export const answer = (words: readonly string[], surroundings: Surroundings): void => {
  const completion = completionOf(surroundings);
  const values = valuesFor(words, surroundings);
  for (const [path, command] of completion.commands) {
    for (const [name, option] of command.options) if (!option.isBoolean) option.handler = offering(() => values.option(name));
    for (const [name, argument] of command.arguments) argument.handler = offering(() => values.argument(path, name));
  }
  completion.parse([...words]);
};

/** Prints what the shell is to read when it starts. */
export const script = (shell: string): void => completionOf({ environment: {}, cwd: '' }).setup('altsite', 'altsite', shell);

const completionOf = (surroundings: Surroundings): Completion => {
  const program = programOf([twinProgram()]);
  const completion = tab(program);
  // The adapter has brought a command of its own; ours says more.
  const complete = completion.commands.get('complete');
  if (complete) complete.description = completeCommand([], surroundings).description();
  return completion;
};

const offering =
  (values: () => Values | undefined) =>
  (complete: (value: string, description: string) => void): void =>
    values()?.forEach(([value, description]) => complete(value, description));
