import type { TwinDescription } from './doors/twin-description.js';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const twinDirectory = (home: string, port: number): string => join(home, 'twin', String(port));

/** Writes `twin.json` in one step, so that whoever sees it sees all of it. */
export const writeTwinFile = (directory: string, twin: TwinDescription): void => {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'twin.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(twin, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
};

export const removeTwinFile = (directory: string): void => rmSync(join(directory, 'twin.json'), { force: true });

/** The twin that was started last of those in `home` that still live. */
export const newestTwin = (home: string): TwinDescription | undefined => {
  const files = foldersIn(join(home, 'twin')).map((folder) => join(home, 'twin', folder, 'twin.json'));
  return files
    .flatMap((file) => readTwinFile(file) ?? [])
    .filter(({ pid }) => isAlive(pid))
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt))[0];
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const foldersIn = (directory: string): string[] => {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
};

const readTwinFile = (file: string): TwinDescription | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TwinDescription;
  } catch {
    return undefined;
  }
};
