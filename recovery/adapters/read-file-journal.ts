import { open, readFile, type FileHandle } from 'node:fs/promises';
import { Chain } from '../model/chain.js';
import type { JournalEntry } from '../model/journal-entry.js';
import type { Latest } from '../ports/journal-store.js';
import { checkpointIn, proves, type Checkpoint } from './checkpoint.js';
import { fileLines } from './file-lines.js';

/** Kept beside the journal. */
export const checkpointFile = (file: string): string => `${file}.checkpoint`;

/** What a journal file holds, without taking its lock. @throws RecoveryError `rejected` where the chain is broken. */
export async function* readJournal(file: string): AsyncGenerator<JournalEntry, void, undefined> {
  const handle = await open(file);
  try {
    yield* entriesFrom(handle, new Chain(file), 0);
  } finally {
    await handle.close();
  }
}

async function* entriesFrom(handle: FileHandle, chain: Chain, offset: number): AsyncGenerator<JournalEntry, void, undefined> {
  for await (const { lines } of fileLines(handle, offset)) for (const line of lines) yield chain.read(line);
}

/** What it comes to, from its checkpoint on where it has one that it proves. */
export const latestOf = async (file: string): Promise<Latest> => {
  const text = await readFile(checkpointFile(file), 'utf8').catch(() => '');
  const checkpoint = checkpointIn(text);
  const handle = await open(file);
  try {
    const chain = checkpoint && (await chainAt(handle, file, checkpoint));
    if (!checkpoint || !chain) return { summary: null, entries: readJournal(file) };
    return { summary: checkpoint.summary, entries: readOn(file, chain, checkpoint.offset) };
  } finally {
    await handle.close();
  }
};

async function* readOn(file: string, chain: Chain, offset: number): AsyncGenerator<JournalEntry, void, undefined> {
  const handle = await open(file);
  try {
    yield* entriesFrom(handle, chain, offset);
  } finally {
    await handle.close();
  }
}

/** A chain that goes on at the checkpoint's own entry; null where there is no such entry, or it says otherwise. */
const chainAt = async (handle: FileHandle, file: string, checkpoint: Checkpoint): Promise<Chain | null> => {
  const { offset, sequence } = checkpoint;
  const before = Buffer.alloc(1);
  if (offset > 0 && ((await handle.read(before, 0, 1, offset - 1)).bytesRead === 0 || before[0] !== 0x0a)) return null;
  for await (const { lines } of fileLines(handle, offset)) {
    try {
      const [line = ''] = lines;
      const { previousHash } = JSON.parse(line) as { previousHash: string };
      const link = { sequence: sequence - 1, hash: previousHash };
      return proves(new Chain(file, link).read(line), checkpoint) ? new Chain(file, link) : null;
    } catch {
      return null;
    }
  }
  return null;
};
