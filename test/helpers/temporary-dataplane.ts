import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realDataplane } from '../../twin/dataplane/real.js';

export const newFolder = async (mode = 0o755): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'altsite-test-'));
  await chmod(folder, mode);
  return folder;
};

/** A real data plane in a folder of its own, with a clock that the test sets. `close` removes the folder too. */
export const temporaryDataplane = async (endpoint = 'http://127.0.0.1:9') => {
  const directory = await newFolder();
  const clock = { now: Date.parse('2030-01-01T02:00:00Z') };
  const log: string[] = [];
  const dataplane = await realDataplane({ directory, log: (line) => log.push(line), now: () => clock.now, endpoint: () => endpoint });
  return {
    ...dataplane,
    directory,
    clock,
    log,
    /** Lets `seconds` of world time pass. */
    pass: (seconds: number) => {
      clock.now += seconds * 1000;
      dataplane.tellTime(clock.now);
    },
    close: async () => {
      await dataplane.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
export type TemporaryDataplane = Awaited<ReturnType<typeof temporaryDataplane>>;
