import { Command } from 'commander';
import { commands } from './commands/index.js';
import type { Console, Ended } from './command.js';

export interface Spoken extends Pick<Console, 'out' | 'err'> {
  readonly json: boolean;
  /** Takes what the chosen command is to do. */
  readonly chosen: (work: (console: Console) => Promise<Ended>) => void;
}
const nobody: Spoken = { out: () => undefined, err: () => undefined, json: false, chosen: () => undefined };

/** All commands as commander knows them; `others` are those that are not the recovery's own. */
export const programOf = (others: readonly Command[], { out, err, json, chosen }: Spoken = nobody): Command => {
  const speaking = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput({ writeOut: out, writeErr: json ? () => undefined : err })
      .showHelpAfterError('(altsite COMMAND --help shows examples)');
  const program = speaking(new Command('altsite'))
    .description('carries out, rehearses and proves a disaster-recovery plan on AWS')
    .addHelpText('after', '\nFirst steps:\n  altsite rehearse   a whole recovery on this machine, no AWS account needed\n');
  for (const { name, describe } of commands) {
    const command = program.command(name).option('--json', 'print one JSON object on stdout');
    describe(command, chosen);
  }
  for (const other of others) program.addCommand(speaking(other));
  return program;
};
