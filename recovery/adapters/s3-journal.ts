/**
 * A run's journal as objects of a bucket, one for each group of entries that was written at once.
 *
 * 1. An object is there whole or not at all, and only where there was none: of two writers of one entry, one is fenced. Nothing can be torn.
 * 2. Keys are the first sequence of their group, so that their order is the journal's.
 * 3. Each line's hash covers the line before it, across objects. Opening verifies all of it.
 * 4. Where the bucket locks objects, entries are locked: nobody without the right to bypass that changes or deletes them.
 */
import { Chain } from '../model/chain.js';
import type { JournalEntry } from '../model/journal-entry.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Journal, Latest, Summary } from '../ports/journal-store.js';
import type { Writer } from '../ports/run-store.js';
import { checkpointIn, checkpointText, proves, type Checkpoint } from './checkpoint.js';
import { inOrder } from './in-order.js';
import { JournalWriting } from './journal-writing.js';
import { takeLease, type Pulse } from './s3-lease.js';
import type { S3Objects } from './s3-objects.js';

const digits = 12;
const groupPrefix = (run: string): string => `runs/${run}/journal/`;
const groupKey = (run: string, sequence: number): string => `${groupPrefix(run)}${String(sequence).padStart(digits, '0')}.jsonl`;
const checkpointKey = (run: string): string => `runs/${run}/checkpoint`;
export const writerKey = (run: string): string => `runs/${run}/writer.json`;

const linesIn = (text: string): readonly string[] => text.split('\n').slice(0, -1);

/** Objects that are fetched side by side: one after the other, a long journal would take minutes. */
const abreast = 16;

async function* linesOf(objects: S3Objects, run: string, after?: string): AsyncGenerator<string> {
  for await (const page of objects.list(groupPrefix(run), after))
    for await (const group of inOrder(page, abreast, ({ key }) => objects.get(key))) yield* linesIn(group?.text ?? '');
}

/** Every entry, verified; nothing where there is no such run. */
export async function* readS3Journal(objects: S3Objects, run: string): AsyncGenerator<JournalEntry, void, undefined> {
  const chain = new Chain(groupPrefix(run));
  for await (const line of linesOf(objects, run)) yield chain.read(line);
}

export const hasS3Journal = async (objects: S3Objects, run: string): Promise<boolean> => {
  for await (const page of objects.list(groupPrefix(run))) return page.length > 0;
  return false;
};

/** What it comes to, from its checkpoint on where it has one that it proves. */
export const latestOfS3 = async (objects: S3Objects, run: string): Promise<Latest> => {
  const kept = await objects.get(checkpointKey(run));
  const checkpoint = kept && checkpointIn(kept.text);
  const rest = checkpoint && (await restFrom(objects, run, checkpoint));
  return checkpoint && rest
    ? { summary: checkpoint.summary, entries: readOn(objects, run, checkpoint, rest) }
    : { summary: null, entries: readS3Journal(objects, run) };
};

/** The checkpoint's own line and those after it in its object; null where there is no such line, or it says otherwise. */
const restFrom = async (objects: S3Objects, run: string, checkpoint: Checkpoint): Promise<readonly string[] | null> => {
  const group = await objects.get(groupKey(run, checkpoint.offset));
  const rest = linesIn(group?.text ?? '').slice(Math.max(0, checkpoint.sequence - checkpoint.offset));
  try {
    return proves(chainBefore(run, rest, checkpoint).read(rest[0] ?? ''), checkpoint) ? rest : null;
  } catch {
    return null;
  }
};

const chainBefore = (run: string, [line = '']: readonly string[], { sequence }: Checkpoint): Chain =>
  new Chain(groupPrefix(run), { sequence: sequence - 1, hash: (JSON.parse(line) as { previousHash: string }).previousHash });

async function* readOn(objects: S3Objects, run: string, checkpoint: Checkpoint, rest: readonly string[]): AsyncGenerator<JournalEntry> {
  const chain = chainBefore(run, rest, checkpoint);
  for (const line of rest) yield chain.read(line);
  for await (const line of linesOf(objects, run, groupKey(run, checkpoint.offset))) yield chain.read(line);
}

/** Opens a journal for writing; creates it if there is none. @throws RecoveryError `fenced` while another process holds it. */
export const openS3Journal = async (objects: S3Objects, run: string, writer: Writer, pulse: Pulse, summary?: Summary): Promise<Journal> => {
  const lease = await takeLease(objects, writerKey(run), run, writer, pulse);
  const writing = new JournalWriting(groupPrefix(run), summary);
  try {
    for await (const line of linesOf(objects, run)) writing.read(line);
  } catch (error) {
    await lease.release();
    throw error;
  }
  let { sequence } = writing.link;
  const fenced = (why: string, cause?: unknown): RecoveryError =>
    new RecoveryError('fenced', 'journal-moved-on', `${why}; follow it with: altsite status ${run}`, { cause });
  return {
    get sequence() {
      return sequence;
    },
    notice: '',
    read: () => readS3Journal(objects, run),
    append: async (happenings, at, expectedSequence) => {
      if (lease.lost) throw fenced('another process carries out the run now', lease.lost);
      if (sequence !== expectedSequence || sequence !== writing.link.sequence)
        throw fenced(`the journal is at entry ${writing.link.sequence}, not ${expectedSequence}`);
      if (happenings.length === 0) return [];
      const { entries, text, checkpoint } = writing.next(happenings, at);
      const first = sequence + 1;
      if (!(await objects.put({ key: groupKey(run, first), text, over: null, mark: writer.id, lockedFrom: at })))
        throw fenced(`another process wrote entry ${first} of the journal`);
      ({ sequence } = writing.link);
      if (checkpoint) await objects.put({ key: checkpointKey(run), text: checkpointText({ ...checkpoint.kept, offset: first }) });
      return entries;
    },
    close: () => lease.release(),
  };
};
