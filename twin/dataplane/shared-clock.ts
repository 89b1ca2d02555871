import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The world's time where other processes read it whenever they look at their clock, so that nobody has to be told and waited for. */
export interface SharedClock {
  /** For the process to inherit; `container-runtime.mjs` reads it. */
  readonly descriptor: number;
  /** From now on the clock shows `now`, milliseconds since the epoch. */
  set(now: number): void;
  close(): void;
}

/** A nameless file of 16 bytes: the time twice, little-endian doubles, so that who reads while it is written sees that they differ. */
export const shareClock = (folder: string, now: number): SharedClock => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'clock');
  const descriptor = openSync(file, 'w+', 0o600);
  rmSync(file);
  const bytes = Buffer.alloc(16);
  const set = (instant: number): void => {
    bytes.writeDoubleLE(instant, 0);
    bytes.writeDoubleLE(instant, 8);
    writeSync(descriptor, bytes, 0, 16, 0);
  };
  set(now);
  return { descriptor, set, close: () => closeSync(descriptor) };
};
