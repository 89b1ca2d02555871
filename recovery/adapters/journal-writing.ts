import { sha256 } from '../model/canonical.js';
import { Chain, type Link } from '../model/chain.js';
import { currentFormat } from '../model/formats/index.js';
import type { Happening, JournalEntry } from '../model/journal-entry.js';
import type { Instant } from '../model/time.js';
import type { Summary } from '../ports/journal-store.js';
import type { Checkpoint } from './checkpoint.js';

/** Least of a journal between two checkpoints: what `status` reads anyway within a few milliseconds. */
const leastBytes = 1 << 18;

/** One durable write. */
export interface Group {
  /** The entries that were asked for. */
  readonly entries: readonly JournalEntry[];
  /** All lines, those that the journal adds included. */
  readonly text: string;
  /** Where in `text` the checkpoint's line begins, in bytes, and what is to be kept beside the journal once the group is written. */
  readonly checkpoint: { readonly at: number; readonly kept: Omit<Checkpoint, 'offset'> } | null;
}

/** Turns happenings into chained lines for whichever store, and says when a checkpoint is due. */
export class JournalWriting {
  readonly #chain: Chain;
  #sinceCheckpoint = 0;
  #summaryBytes = 0;

  constructor(
    name: string,
    private readonly summary?: Summary,
  ) {
    this.#chain = new Chain(name);
  }

  get link(): Link {
    return this.#chain.link;
  }

  /** Takes up a line that is there already. */
  read(line: string): void {
    const entry = this.#chain.read(line);
    this.summary?.add(entry);
    this.#sinceCheckpoint = entry.kind === 'checkpointed' ? 0 : this.#sinceCheckpoint + line.length;
  }

  next(happenings: readonly Happening[], at: Instant): Group {
    const first = this.#chain.takeOver();
    const { entries, text } = this.#chain.write([...first, ...happenings], at);
    for (const entry of entries) this.summary?.add(entry);
    this.#sinceCheckpoint += text.length;
    const asked = entries.slice(first.length);
    // As much journal as the state is large: writing states never costs more than writing entries.
    if (!this.summary || this.#sinceCheckpoint < Math.max(leastBytes, this.#summaryBytes))
      return { entries: asked, text, checkpoint: null };
    const summary = this.summary.text();
    const proof = this.#chain.write([{ kind: 'checkpointed', stateHash: sha256(summary), format: currentFormat }], at);
    for (const entry of proof.entries) this.summary.add(entry);
    this.#sinceCheckpoint = 0;
    this.#summaryBytes = summary.length;
    return { entries: asked, text: text + proof.text, checkpoint: { at: Buffer.byteLength(text), kept: { ...this.link, summary } } };
  }
}
