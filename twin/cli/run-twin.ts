import { rmSync } from 'node:fs';
import { UnsuitableMachine } from '../dataplane/unsuitable-machine.js';
import { removeTwinFile, twinDirectory, writeTwinFile } from '../running-twins.js';
import { services } from '../services/index.js';
import { startTwin, type Twin } from '../start.js';
import { home } from './ask-twin.js';
import { Invalid } from './invalid.js';
import { print } from './print.js';
import { shellLines } from './shell-lines.js';
import { startText } from './start-text.js';

export interface RunOptions {
  readonly port: number;
  readonly speed: number;
  readonly seed: string;
  /** Milliseconds since the epoch. */
  readonly startsAt?: number;
  readonly json?: true;
}

/** Comes back once the twin has ended. */
export const runTwin = async ({ port, speed, seed, startsAt, json }: RunOptions): Promise<void> => {
  const log = (message: string): void => void process.stderr.write(`${message}\n`);
  const signal = signalled();
  const twin: Twin = await startTwin({
    ...{ port, speed, seed, startsAt, log },
    directory: (bound) => emptied(twinDirectory(home(), bound)),
  }).catch(explain);
  const { description, directory, begunAt } = twin;
  writeTwinFile(directory, description);
  if (json) print(description);
  else process.stdout.write(shellLines(description.environment, process.env));
  log(startText({ description, services, begunAt, speed, seed }));
  await Promise.race([twin.askedToStop, signal]);
  removeTwinFile(directory);
  await twin.stop();
};

/** Whatever an earlier twin at this port left is of no use: its records died with it. Its door is ours already, so it is dead. */
const emptied = (directory: string): string => {
  rmSync(directory, { recursive: true, force: true });
  return directory;
};

const explain = (error: unknown): never => {
  if (error instanceof UnsuitableMachine) throw new Invalid(error.message, 'nothing was started');
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') throw new Invalid(message, 'choose another --port, or end that twin with altsite twin stop');
  if (code === 'EACCES') throw new Invalid(message, 'choose a --port above 1023, and an ALTSITE_HOME that you may write to');
  throw error;
};

const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
