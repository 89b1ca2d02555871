import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Acknowledgement, PauseRequest, People } from '../ports/people.js';
import { writeWhole } from './home.js';

/** What `altsite ack` and `altsite pause` left as files beside the journal; the process that carries out the run journals it. */
export const inboxPeople = (directory: string): People => ({
  ask: async () => undefined,
  answers: async () => {
    const files = (await readdir(directory).catch(() => [])).filter((file) => file.endsWith('.json') && file !== pauseFile).sort();
    return Promise.all(files.map(async (file) => JSON.parse(await readFile(join(directory, file), 'utf8')) as Acknowledgement));
  },
  pause: async () => {
    const file = join(directory, pauseFile);
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return null;
    await rm(file, { force: true });
    return JSON.parse(text) as PauseRequest;
  },
});

/** No task has this name: names of tasks have no dot. */
const pauseFile = 'run.pause.json';

export const leavePause = (directory: string, request: PauseRequest): Promise<void> =>
  writeWhole(join(directory, pauseFile), `${JSON.stringify(request)}\n`);

export const leaveInInbox = (directory: string, answer: Acknowledgement): Promise<void> =>
  writeWhole(join(directory, `${answer.task}.json`), `${JSON.stringify(answer)}\n`);
