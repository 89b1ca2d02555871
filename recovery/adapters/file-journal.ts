/**
 * A run's journal as JSON lines in one file.
 *
 * 1. Entries are in the file, and the file on the disk, before `append` returns: a group of them with one write.
 * 2. Each line's hash covers the line before it: a changed, lost or moved line breaks the chain.
 * 3. A last line without its end is what a crash leaves of an entry nobody has acted on: it is cut off, with a notice.
 * 4. One writer: a lock beside the file, and the file's length, are checked before every write.
 * 5. Opening verifies all of it. A checkpoint, in a file beside it, is believed only where an entry of the journal proves it.
 */
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { check, lock } from 'proper-lockfile';
import type { Happening } from '../model/journal-entry.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Instant } from '../model/time.js';
import type { Journal, Summary } from '../ports/journal-store.js';
import { checkpointText } from './checkpoint.js';
import { fileLines } from './file-lines.js';
import { JournalWriting } from './journal-writing.js';
import { checkpointFile, readJournal } from './read-file-journal.js';
import { writeWhole } from './write-whole.js';

/** Milliseconds without a sign of life after which a lock is a dead writer's. */
const staleMs = 2_000;

/** Whether a living process holds the journal: the run is being carried out right now. */
export const isBeingWritten = (file: string): Promise<boolean> => check(file, { stale: staleMs });

/** Opens a journal for writing; creates it if there is none. @throws RecoveryError `fenced` while another process holds it. */
export const openFileJournal = async (file: string, summary?: Summary): Promise<Journal> => {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, 'a+');
  let lost: Error | undefined;
  const release = await lock(file, {
    stale: staleMs,
    update: staleMs / 2,
    retries: { retries: 16, factor: 1, minTimeout: 250, maxTimeout: 250 },
    onCompromised: (error) => (lost = error),
  }).catch(async (cause: unknown) => {
    await handle.close();
    throw new RecoveryError(
      'fenced',
      'journal-locked',
      `${file} is being written by another process; wait until it ends, or end it: only one may carry out a run`,
      { cause },
    );
  });
  try {
    const writing = new JournalWriting(file, summary);
    let bytes = 0;
    for await (const { lines, end } of fileLines(handle)) {
      for (const line of lines) writing.read(line);
      bytes = end;
    }
    const torn = (await handle.stat()).size - bytes;
    if (torn) {
      await handle.truncate(bytes);
      await handle.sync();
    }
    const notice = torn ? `cut off ${torn} bytes of an entry that a crash left unfinished after entry ${writing.link.sequence}` : '';
    return fileJournal({ file, handle, writing, bytes, notice, lost: () => lost, release });
  } catch (error) {
    await release();
    await handle.close();
    throw error;
  }
};

interface Opened {
  readonly file: string;
  readonly handle: FileHandle;
  readonly writing: JournalWriting;
  readonly bytes: number;
  readonly notice: string;
  readonly lost: () => Error | undefined;
  readonly release: () => Promise<void>;
}

const fileJournal = ({ file, handle, writing, bytes: begin, notice, lost, release }: Opened): Journal => {
  let bytes = begin;
  let { sequence } = writing.link;
  const fenced = (why: string, cause?: unknown): RecoveryError => new RecoveryError('fenced', 'journal-moved-on', why, { cause });
  return {
    get sequence() {
      return sequence;
    },
    notice,
    read: () => readJournal(file),
    append: async (happenings: readonly Happening[], at: Instant, expectedSequence: number) => {
      const cause = lost();
      if (cause) throw fenced('this process lost its lock on the journal; another may carry out the run: look with altsite status', cause);
      if (sequence !== expectedSequence)
        throw fenced(`the journal is at entry ${sequence}, not ${expectedSequence}; look with altsite status before you resume`);
      if ((await handle.stat()).size !== bytes || sequence !== writing.link.sequence)
        throw fenced('another process wrote to the journal; look with altsite status before you resume');
      if (happenings.length === 0) return [];
      const { entries, text, checkpoint } = writing.next(happenings, at);
      const written = Buffer.from(text);
      await handle.appendFile(written);
      await handle.datasync();
      ({ sequence } = writing.link);
      const began = bytes;
      bytes += written.length;
      if (checkpoint) await writeWhole(checkpointFile(file), checkpointText({ ...checkpoint.kept, offset: began + checkpoint.at }));
      return entries;
    },
    close: async () => {
      await release().catch(() => undefined);
      await handle.close();
    },
  };
};
