import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Acknowledgement, People } from '../ports/people.js';
import { writeWhole } from './home.js';

/** Acknowledgements that `altsite ack` left as files beside the journal; the process that carries out the run journals them. */
export const inboxPeople = (directory: string): People => ({
  ask: async () => undefined,
  answers: async () => {
    const files = (await readdir(directory).catch(() => [])).filter((file) => file.endsWith('.json')).sort();
    return Promise.all(files.map(async (file) => JSON.parse(await readFile(join(directory, file), 'utf8')) as Acknowledgement));
  },
});

export const leaveInInbox = (directory: string, answer: Acknowledgement): Promise<void> =>
  writeWhole(join(directory, `${answer.task}.json`), `${JSON.stringify(answer)}\n`);
