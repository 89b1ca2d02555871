import { rmSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { UnsuitableMachine } from './dataplane/unsuitable-machine.js';
import { isAlive, newestTwin, removeTwinFile, twinDirectory, writeTwinFile } from './running-twins.js';
import { startTwin } from './start.js';

const usualPort = 4577;
const home = (): string => process.env.ALTSITE_HOME ?? '.altsite';

/** What the user asked for cannot be: exit code 2. */
class Invalid extends Error {
  constructor(
    message: string,
    readonly fix: string,
  ) {
    super(message);
  }
}

/** `altsite twin …`: resolves to the exit code, for the twin itself once it has ended. */
export const twinCommand = async (argv: readonly string[]): Promise<number> => {
  const json = argv.includes('--json');
  try {
    await program().parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const ours = error instanceof Invalid || error instanceof CommanderError;
    const message = error instanceof Invalid && error.fix ? `${error.message}: ${error.fix}` : ours ? error.message : reasonOf(error);
    // Commander has said its own already.
    if (!(error instanceof CommanderError)) process.stderr.write(`${message}\n`);
    const kind = ours ? 'invalid' : 'bug';
    if (json) print({ error: { kind, code: `twin-${kind}`, message, problems: [] } });
    return ours ? 2 : 1;
  }
};

const program = (): Command => {
  const command = new Command('altsite twin').exitOverride().enablePositionalOptions();
  command
    .description('a local AWS in the foreground, for cdk, the AWS CLI and other tools')
    .option('--port <port>', 'port of the AWS door; 0 takes a free one', wholeNumber, usualPort)
    .option('--speed <factor>', 'world seconds per real second while nobody owns the clock; 0 stands still', positive, 1)
    .option('--seed <seed>', 'everything that is left to chance follows from it', '1')
    .option('--starts-at <instant>', 'when the world begins (default: the next 02:00Z at least an hour ahead)', instant)
    .option('--json', 'one JSON object on stdout once it is ready')
    .action(runTwin);
  command
    .command('stop')
    .description('ends a running twin and all its processes')
    .option('--port <port>', 'the twin at this port', wholeNumber)
    .addOption(new Option('--twin <url>', 'the twin at this URL').conflicts('port'))
    .option('--json', 'one JSON object on stdout')
    .action(stopTwin);
  command
    .command('fault <name>')
    .description('injects a fault into a running twin')
    .option('--region <region>', 'where it happens', 'eu-west-1')
    .option('--for <duration>', 'how long it lasts in the world, as 90s, 30m or 2h', duration)
    .option('--with <json>', 'whatever else the fault takes, as {"service":"rds"}; GET /_twin/faults says what that is', jsonObject)
    .option('--twin <url>', 'the twin at this URL')
    .option('--json', 'one JSON object on stdout')
    .action(injectFault);
  return command;
};

interface RunOptions {
  readonly port: number;
  readonly speed: number;
  readonly seed: string;
  readonly startsAt?: number;
  readonly json?: true;
}

const runTwin = async ({ port, speed, seed, startsAt, json }: RunOptions): Promise<void> => {
  const log = (message: string): void => void process.stderr.write(`${message}\n`);
  const signal = signalled();
  const twin = await startTwin({ port, speed, seed, startsAt, directory: (bound) => emptied(twinDirectory(home(), bound)), log }).catch(
    explain,
  );
  const { description, directory } = twin;
  const { url, dns, resolver, overHoldingResolver, environment } = description;
  writeTwinFile(directory, description);
  if (json) print(description);
  else process.stdout.write(`${Object.entries(environment).map(([name, value]) => `export ${name}=${value}\n`).join('')}`); // prettier-ignore
  log(`the twin answers at ${url}; DNS at ${dns}, resolver at ${resolver}, one that over-holds at ${overHoldingResolver}; Ctrl-C ends it`);
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
  throw error;
};

const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });

interface Which {
  readonly twin?: string;
  readonly port?: number;
  readonly json?: true;
}

const stopTwin = async ({ json, ...which }: Which): Promise<void> => {
  const url = urlOf(which);
  const { pid } = (await ask(url, 'stop', {})) as { pid: number };
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
  if (json) print({ stopped: url, pid });
};

const injectFault = async (name: string, options: Which & { region: string; for?: number; with?: object }): Promise<void> => {
  const { region, json } = options;
  const answer = await ask(urlOf(options), 'faults', { name, region, forSeconds: options.for, with: options.with });
  if (json) print(answer);
};

/** The twin that was named, or else the one that runs in `$ALTSITE_HOME`. */
const urlOf = ({ twin, port }: Which): string => {
  const url = twin ?? (port === undefined ? newestTwin(home())?.url : `http://127.0.0.1:${port}`);
  if (url === undefined) throw new Invalid(`no twin is running in ${home()}`, 'start one with altsite twin, or name one with --twin URL');
  if (!URL.canParse(url) || !/^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname))
    throw new Invalid(`${url} is not a loopback URL`, 'a twin runs on this machine and nowhere else, as http://127.0.0.1:4577');
  return url.replace(/\/$/, '');
};

const ask = async (url: string, path: string, body: object): Promise<unknown> => {
  const response = await fetch(`${url}/_twin/${path}`, { method: 'POST', body: JSON.stringify(body) }).catch(() => {
    throw new Invalid(`no twin answers at ${url}`, 'start one with altsite twin');
  });
  const answer = (await response.json()) as { error?: string; known?: string[] };
  if (response.ok) return answer;
  throw new Invalid(answer.error ?? `the twin answered ${response.status}`, answer.known ? `it knows ${answer.known.join(', ')}` : '');
};

const print = (answer: unknown): void => void process.stdout.write(`${JSON.stringify(answer)}\n`);
const reasonOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const wholeNumber = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new Invalid(`${text} is not a port`, 'give a whole number');
  return Number(text);
};
const positive = (text: string): number => {
  const factor = Number(text);
  if (!Number.isFinite(factor) || factor < 0 || text === '') throw new Invalid(`${text} is not a speed`, 'give a number, 0 or more');
  return factor;
};
const instant = (text: string): number => {
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw new Invalid(`${text} is not an instant`, 'give one as 2030-01-01T02:00:00Z');
  return moment;
};
const duration = (text: string): number => {
  const [, count, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  if (count === undefined) throw new Invalid(`${text} is not a duration`, 'give one as 90s, 30m or 2h');
  return Number(count) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h'];
};
const jsonObject = (text: string): object => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw new Invalid(`${text} is not a JSON object`, 'give one as {"service":"rds"}');
};
