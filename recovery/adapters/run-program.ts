import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { RecoveryError } from '../model/recovery-error.js';

export interface ProgramOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Everything it prints goes to the end of this file. */
  readonly log: string;
}

/** Runs a program to its end. @throws RecoveryError `rejected` with the last lines it printed when it fails. */
export const runProgram = async (program: string, args: readonly string[], { cwd, environment, log }: ProgramOptions): Promise<void> => {
  const output = createWriteStream(log, { flags: 'a' });
  await new Promise<void>((resolve, reject) => output.on('open', () => resolve()).on('error', reject));
  const child = spawn(program, args, { cwd, env: environment, stdio: ['ignore', output, output] });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  output.end();
  if (code === 0) return;
  const lines = (await readFile(log, 'utf8')).trim().split('\n').slice(-15);
  throw new RecoveryError(
    'rejected',
    'program-failed',
    `${program} ${args.join(' ')} ended with ${code}; all of it is in ${log}:\n${lines.join('\n')}`,
  );
};
