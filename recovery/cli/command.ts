import type { Command } from 'commander';
import type { RunReport } from '../report/run-report.js';

/** What the process is given: the only way into environment, streams and signals. */
export interface Console {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly colour: boolean;
  /** Somebody watches stderr on a terminal. */
  readonly watched: boolean;
  /** Sends what goes to stderr through `say` from now on, so that it does not tear a live view; null: straight again. */
  readonly speakThrough: (say: ((text: string) => void) | null) => void;
  /** True once the person pressed Ctrl-C. */
  readonly interrupted: () => boolean;
}

/** How a command ended: what to print for people, the same for machines, and the exit code. */
export interface Ended {
  readonly exitCode: number;
  readonly text: string;
  readonly json: object;
}

/**
 * What one command says of itself, in a file of its own below `commands/`. It loads nothing that works: help and completion are
 * asked for far more often than anything is done.
 */
export interface CliCommand {
  readonly name: string;
  /** Adds arguments, options and examples; calls `act` with what to do, which imports what does it. */
  readonly describe: (command: Command, act: (work: (console: Console) => Promise<Ended>) => void) => void;
}

/** Exit codes are a contract (docs/ARCHITECTURE.md). */
export const exitCodeOf: Readonly<Record<RunReport['outcome'], number>> = {
  recovered: 0,
  held: 3,
  undone: 4,
  stuck: 5,
  abandoned: 7,
  interrupted: 130,
  running: 0,
};
