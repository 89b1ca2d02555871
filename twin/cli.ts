import { Command, CommanderError } from 'commander';
import { Invalid } from './cli/invalid.js';
import { print } from './cli/print.js';
import { twinProgram } from './cli/program.js';

/** `altsite twin …`: resolves to the exit code, for the twin itself once it has ended. */
export const twinCommand = async (argv: readonly string[]): Promise<number> => {
  const json = argv.includes('--json');
  try {
    await programOf(json).parseAsync(['twin', ...argv], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const ours = error instanceof Invalid || error instanceof CommanderError;
    const message = ours ? error.message.replace(/^error: /, '') : reasonOf(error);
    if (json) print({ error: { kind: ours ? 'invalid' : 'bug', code: `twin-${ours ? 'invalid' : 'bug'}`, message, problems: [] } });
    // Commander has said its own already.
    else if (!(error instanceof CommanderError)) process.stderr.write(`altsite: ${message}\n`);
    return ours ? 2 : 1;
  }
};

const programOf = (json: boolean): Command => {
  const program = new Command('altsite').exitOverride().enablePositionalOptions();
  const twin = twinProgram();
  for (const command of [twin, ...twin.commands])
    command
      .configureOutput(json ? { writeErr: () => undefined } : {})
      .showHelpAfterError(`(altsite twin${command === twin ? '' : ` ${command.name()}`} --help shows examples)`);
  return program.addCommand(twin);
};

const reasonOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
