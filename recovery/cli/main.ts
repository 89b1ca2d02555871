import { CommanderError, type Command } from 'commander';
import { RecoveryError, recordedError, type ErrorKind } from '../model/recovery-error.js';
import type { Console, Ended } from './command.js';
import { printedProblems } from './printed-problems.js';
import { programOf } from './program.js';

const exitCodeOfKind: Readonly<Record<ErrorKind, number>> = {
  transient: 5,
  rejected: 6,
  'unexpected-status': 3,
  'timed-out': 3,
  unverified: 6,
  declined: 7,
  invalid: 2,
  fenced: 7,
  bug: 1,
};

/** What to do about an error that can come from anywhere, and so does not say it itself. */
const nextOfKind: Partial<Readonly<Record<ErrorKind, string>>> = {
  transient: 'it may pass: give the same command again',
  bug: 'this is a mistake in altsite, and the journal is as it was: report it with what follows',
};

/** Carries one command line out; prints, and returns the exit code. With --json exactly one object goes to stdout, whatever happens. */
export const main = async (argv: readonly string[], console: Console, others: readonly Command[] = []): Promise<number> => {
  const json = argv.includes('--json');
  let work: ((console: Console) => Promise<Ended>) | undefined;
  const { out, err } = console;
  const program = programOf(others, { out, err, json, chosen: (chosen) => (work = chosen) });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    const ended = await work?.(console);
    if (!ended) return 0;
    console.out(json ? `${JSON.stringify(ended.json)}\n` : ended.text);
    if (json && ended.exitCode === 130) console.err(ended.text);
    return ended.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return failed(error, console, json);
  }
};

const failed = (error: unknown, console: Console, json: boolean): number => {
  const { kind, code, causes, ...said } =
    error instanceof CommanderError
      ? { kind: 'invalid' as const, code: error.code, message: error.message.replace(/^error: /, ''), causes: [] }
      : recordedError(error);
  const next = nextOfKind[kind];
  const message = next === undefined ? said.message : `${said.message}; ${next}`;
  const problems = error instanceof RecoveryError ? error.problems : [];
  if (json) console.out(`${JSON.stringify({ error: { kind, code, message, problems } })}\n`);
  else if (!(error instanceof CommanderError)) {
    console.err(`altsite: ${message}\n`);
    if (problems.length) console.err(`\n${printedProblems(problems)}`);
    for (const cause of causes) console.err(`  because: ${cause}\n`);
  }
  if (kind === 'bug' && error instanceof Error) console.err(`${error.stack ?? ''}\n`);
  return exitCodeOfKind[kind];
};
