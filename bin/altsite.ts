#!/usr/bin/env node
import { writeSync } from 'node:fs';
import type { Console } from '../recovery/cli/command.js';

// Before any SDK client is loaded: they warn once per process about the Node version to come.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const argv = process.argv.slice(2);

/** Everything printed has to be out before the process ends. */
const write = (stream: NodeJS.WriteStream, text: string): void => void stream.write(text);
const drained = (stream: NodeJS.WriteStream): Promise<void> => new Promise((resolve) => stream.write('', () => resolve()));

const recovery = async (): Promise<number> => {
  let interrupted = false;
  let answered = false;
  // With --json exactly one object is printed, at this end too; nothing asynchronous gets done any more.
  const atOnce = (): never => {
    const error = { kind: 'declined', code: 'stopped-at-once', message: 'stopped at once; altsite resume RUN goes on', problems: [] };
    if (argv.includes('--json') && !answered) writeSync(1, `${JSON.stringify({ outcome: 'interrupted', error })}\n`);
    return process.exit(130);
  };
  const straight = (text: string): void => write(process.stderr, text);
  let speak = straight;
  const interrupt = (): void => {
    if (interrupted) atOnce();
    interrupted = true;
    speak('\nstopping after the work in hand; press Ctrl-C again to stop at once. Both are safe: the journal knows.\n');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  const { main } = await import('../recovery/cli/main.js');
  const { twinProgram } = await import('../twin/cli/program.js');
  const { completeCommand } = await import('./complete-command.js');
  const others = [twinProgram(), completeCommand(argv, { environment: process.env, cwd: process.cwd() })];
  const console: Console = {
    environment: process.env,
    cwd: process.cwd(),
    out: (text) => {
      answered = true;
      write(process.stdout, text);
    },
    err: (text) => speak(text),
    colour: process.stderr.isTTY && !process.env.NO_COLOR,
    watched: process.stderr.isTTY && process.env.TERM !== 'dumb' && !process.env.CI,
    speakThrough: (say) => (speak = say ?? straight),
    interrupted: () => interrupted,
  };
  return main(argv, console, others);
};

// The twin and the recovery are loaded apart: each is of no use to the other's commands, and costs their start.
const exitCode = argv[0] === 'twin' ? await (await import('../twin/cli.js')).twinCommand(argv.slice(1)) : await recovery();
await Promise.all([drained(process.stdout), drained(process.stderr)]);
process.exit(exitCode);
