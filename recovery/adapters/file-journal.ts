/**
 * A run's journal as JSON lines in one file.
 *
 * 1. An entry is in the file, and the file on the disk, before `append` returns.
 * 2. Each line's hash covers the line before it: a changed, lost or moved line breaks the chain.
 * 3. A last line without its end is what a crash leaves of an entry nobody has acted on: it is cut off, with a notice.
 * 4. One writer: a lock beside the file, and the file's length, are checked before every write.
 */
import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { check, lock } from 'proper-lockfile';
import { canonical, sha256 } from '../model/canonical.js';
import type { Happening, JournalEntry } from '../model/journal-entry.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Instant } from '../model/time.js';
import type { Journal } from '../ports/journal-store.js';

const nothing = '0'.repeat(64);

/** Milliseconds without a sign of life after which a lock is a dead writer's. */
const staleMs = 2_000;

const untrusted = '; the journal is not to be trusted from here on: put back a copy that is whole';

const hashOfEntry = (entry: Omit<JournalEntry, 'hash'>): string => sha256(canonical(entry));

/** What a journal file holds, without taking its lock. @throws RecoveryError `rejected` where the chain is broken. */
export const readJournal = async (file: string): Promise<{ entries: readonly JournalEntry[]; bytes: number; notice: string }> => {
  const content = await readFile(file);
  const end = content.lastIndexOf(0x0a) + 1;
  const lines = content.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  let previousHash = nothing;
  const entries = lines.map((line, index): JournalEntry => {
    const broken = (why: string): RecoveryError =>
      new RecoveryError('rejected', 'journal-broken', `${file} line ${index + 1}: ${why}${untrusted}`);
    let entry: JournalEntry;
    try {
      entry = JSON.parse(line) as JournalEntry;
    } catch (cause) {
      throw new RecoveryError('rejected', 'journal-broken', `${file} line ${index + 1} is not JSON${untrusted}`, { cause });
    }
    const { hash, ...rest } = entry;
    if (entry.sequence !== index + 1) throw broken(`sequence is ${entry.sequence}, expected ${index + 1}`);
    if (entry.previousHash !== previousHash) throw broken('it does not follow the line before it');
    if (hashOfEntry(rest) !== hash) throw broken('its hash does not match its content');
    previousHash = hash;
    return entry;
  });
  const torn = content.length - end;
  return {
    entries,
    bytes: end,
    notice: torn ? `cut off ${torn} bytes of an entry that a crash left unfinished after entry ${entries.length}` : '',
  };
};

/** Whether a living process holds the journal: the run is being carried out right now. */
export const isBeingWritten = (file: string): Promise<boolean> => check(file, { stale: staleMs });

/** Opens a journal for writing; creates it if there is none. @throws RecoveryError `fenced` while another process holds it. */
export const openFileJournal = async (file: string): Promise<Journal> => {
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
      {
        cause,
      },
    );
  });
  try {
    const { entries, bytes, notice } = await readJournal(file);
    if (notice) {
      await handle.truncate(bytes);
      await handle.sync();
    }
    return fileJournal(handle, [...entries], bytes, notice, () => lost, release);
  } catch (error) {
    await release();
    await handle.close();
    throw error;
  }
};

const fileJournal = (
  handle: FileHandle,
  entries: JournalEntry[],
  startBytes: number,
  notice: string,
  lost: () => Error | undefined,
  release: () => Promise<void>,
): Journal => {
  let bytes = startBytes;
  return {
    entries,
    get sequence() {
      return entries.length;
    },
    notice,
    read: async function* () {
      yield* entries;
    },
    append: async (happenings: readonly Happening[], at: Instant, expectedSequence: number) => {
      const fenced = (why: string, cause?: unknown): RecoveryError => new RecoveryError('fenced', 'journal-moved-on', why, { cause });
      const cause = lost();
      if (cause) throw fenced('this process lost its lock on the journal; another may carry out the run: look with altsite status', cause);
      if (entries.length !== expectedSequence)
        throw fenced(`the journal is at entry ${entries.length}, not ${expectedSequence}; look with altsite status before you resume`);
      if ((await handle.stat()).size !== bytes)
        throw fenced('another process wrote to the journal; look with altsite status before you resume');
      const wholes: JournalEntry[] = [];
      for (const happening of happenings) {
        const entry = { ...happening, sequence: entries.length + 1, at, previousHash: entries.at(-1)?.hash ?? nothing };
        const whole = { ...entry, hash: hashOfEntry(entry) } as JournalEntry;
        entries.push(whole);
        wholes.push(whole);
      }
      const lines = Buffer.from(
        wholes
          .map(
            (whole) => `${canonical(whole)}
`,
          )
          .join(''),
      );
      await handle.appendFile(lines);
      await handle.datasync();
      bytes += lines.length;
      return wholes;
    },
    close: async () => {
      await release().catch(() => undefined);
      await handle.close();
    },
  };
};
