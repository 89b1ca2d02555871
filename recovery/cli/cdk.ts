import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../adapters/run-program.js';
import type { Console } from './command.js';
import { stopIfInterrupted } from './interruption.js';
import { packageRoot } from './package-root.js';

export interface Cdk {
  /** Where its log goes, and what it writes. */
  readonly directory: string;
  /** @throws Interrupted; RecoveryError `rejected` with the last lines it printed when it fails. */
  run(args: readonly string[], cwd?: string): Promise<void>;
}

/** The real `cdk` of this package, unmodified: with the environment a twin prints, or (null) with the person's own, in AWS. */
export const cdkOf = (console: Console, twin: Readonly<Record<string, string>> | null, directory: string): Cdk => {
  const program = join(packageRoot, 'node_modules', '.bin', 'cdk');
  const environment = twin ? { ...withoutAws(console.environment), ...twin } : console.environment;
  return {
    directory,
    run: async (args, cwd = packageRoot) => {
      stopIfInterrupted(console);
      await runProgram(program, args, { cwd, environment, log: join(directory, 'cdk.log') }).catch((error: unknown) => {
        // A terminal's Ctrl-C reaches cdk too.
        stopIfInterrupted(console);
        throw error;
      });
    },
  };
};

/** The same for one piece of work, in a folder that goes when the work is done; after a failure it stays, with cdk's log in it. */
export const withCdk = async <Result>(
  console: Console,
  twin: Readonly<Record<string, string>> | null,
  work: (cdk: Cdk) => Promise<Result>,
): Promise<Result> => {
  const cdk = cdkOf(console, twin, await mkdtemp(join(tmpdir(), 'altsite-cdk-')));
  const result = await work(cdk);
  await rm(cdk.directory, { recursive: true });
  return result;
};

/** Without what could lead an AWS client elsewhere, or let it sign as somebody: profiles, endpoints of single services, proxies. */
export const withoutAws = (environment: Console['environment']): Console['environment'] =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^AWS_|^(https?|all)_proxy$/i.test(name)));
