/**
 * A journal's chain, line by line, while it is read or written.
 *
 * 1. A line is the canonical text of its entry. Its hash covers that text without the hash itself, and so the hash of the line before it.
 * 2. What is verified is the text as it stands, without writing it anew: a changed byte, a moved key, a lost or swapped line is found.
 * 3. Older formats are read as today's (`formats/`); a journal that is written on says from where on it is of today's format.
 */
import { canonical, sha256 } from './canonical.js';
import { currentFormat, upgraded } from './formats/index.js';
import type { Happening, JournalEntry } from './journal-entry.js';
import { RecoveryError } from './recovery-error.js';
import type { Instant } from './time.js';

export const nothingBefore = '0'.repeat(64);

/** Where a chain stands: after which entry. */
export interface Link {
  readonly sequence: number;
  readonly hash: string;
}

const untrusted = '; the journal is not to be trusted from here on: put back a copy that is whole';

export class Chain {
  #link: Link;
  #format = currentFormat;

  /** `name` is what messages call the journal. */
  constructor(
    private readonly name: string,
    after: Link = { sequence: 0, hash: nothingBefore },
  ) {
    this.#link = after;
  }

  get link(): Link {
    return this.#link;
  }

  /** The entry of the next line. @throws RecoveryError `rejected` where the chain is broken, `invalid` for a format newer than ours. */
  read(line: string): JournalEntry {
    const { sequence, hash: previousHash } = this.#link;
    const broken = (why: string, cause?: unknown): RecoveryError =>
      new RecoveryError('rejected', 'journal-broken', `${this.name} line ${sequence + 1} ${why}${untrusted}`, { cause });
    const entry = parsed(line, (cause) => broken('is not JSON', cause));
    if (entry.sequence !== sequence + 1) throw broken(`has sequence ${entry.sequence}, expected ${sequence + 1}`);
    if (entry.previousHash !== previousHash) throw broken('does not follow the line before it');
    if (!isWhole(line, entry)) throw broken('has a hash that does not match its content');
    this.#link = entry;
    this.#format = this.formatFrom(entry);
    return upgraded(entry, this.#format);
  }

  /** The next entries, with their lines. */
  write(happenings: readonly Happening[], at: Instant): { readonly entries: readonly JournalEntry[]; readonly text: string } {
    let text = '';
    const entries = happenings.map((happening) => {
      const stamped = happening.kind === 'opened' ? { ...happening, format: currentFormat } : happening;
      const content = { ...stamped, sequence: this.#link.sequence + 1, at, previousHash: this.#link.hash };
      const entry = { ...content, hash: sha256(canonical(content)) } as JournalEntry;
      text += `${canonical(entry)}\n`;
      this.#link = { sequence: entry.sequence, hash: entry.hash };
      return entry;
    });
    return { entries, text };
  }

  /** What a writer of today has to say before it writes on. */
  takeOver(): readonly Happening[] {
    if (this.#format === currentFormat) return [];
    this.#format = currentFormat;
    return [{ kind: 'continued', format: currentFormat }];
  }

  private formatFrom(entry: JournalEntry): number {
    const says = entry.kind === 'opened' || entry.kind === 'continued' || entry.kind === 'checkpointed';
    const format = says ? (entry.format ?? 0) : this.#format;
    if (format <= currentFormat) return format;
    throw new RecoveryError(
      'invalid',
      'journal-too-new',
      `${this.name} is of format ${format} from line ${entry.sequence} on, and this altsite reads formats up to ${currentFormat}; use the version that wrote it, or a newer one`,
    );
  }
}

const parsed = (line: string, broken: (cause?: unknown) => RecoveryError): JournalEntry => {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch (cause) {
    throw broken(cause);
  }
  if (entry === null || typeof entry !== 'object') throw broken();
  return entry as JournalEntry;
};

/**
 * Whether a line is, but for its hash, the text that was hashed. With the hash fixed, the one thing that could have moved unseen is the
 * hash's own place among the keys.
 */
const isWhole = (line: string, entry: JournalEntry): boolean => {
  const own = `"hash":"${entry.hash}",`;
  const at = line.indexOf(own);
  if (at < 0 || sha256(line.slice(0, at) + line.slice(at + own.length)) !== entry.hash) return false;
  const keys = Object.keys(entry);
  const place = keys.indexOf('hash');
  return (keys[place - 1] ?? '') < 'hash' && (keys[place + 1] ?? '~') > 'hash';
};
