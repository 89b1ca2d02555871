#!/usr/bin/env node
import type { Console } from '../recovery/cli/command.js';

/** Ctrl-C asks for a safe end; a second one ends at once. */
const terminal = (): Console => {
  let pressed = false;
  process.on('SIGINT', () => {
    if (pressed) process.exit(130);
    pressed = true;
  });
  return {
    environment: process.env,
    cwd: process.cwd(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    colour: process.stderr.isTTY && process.env.NO_COLOR === undefined,
    interrupted: () => pressed,
  };
};

// The twin and the recovery are loaded apart: each is of no use to the other's commands, and costs their start.
const run = async (argv: readonly string[]): Promise<number> =>
  argv[0] === 'twin'
    ? (await import('../twin/cli.js')).twinCommand(argv.slice(1))
    : (await import('../recovery/cli/main.js')).main(argv, terminal());

// The SDK would print its plans for Node on every start.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const exitCode = await run(process.argv.slice(2));
// What was printed into a pipe has to be out before the end.
process.stdout.write('', () => process.exit(exitCode));
