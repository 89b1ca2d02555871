/**
 * Who writes a run's journal, as an object beside it.
 *
 * 1. A holder shows life by raising `beat`. It is the beat standing still, by the watcher's own clock, that counts as death: clocks of two
 *    machines are never compared.
 * 2. What keeps two from writing is the journal's own conditional put. The lease says whom to wait for, and stops a loser before its next call.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { canonical } from '../model/canonical.js';
import type { Writer } from '../ports/run-store.js';
import { lockedBy } from './file-store.js';
import type { KeptObject, S3Objects } from './s3-objects.js';
import { diedHere } from './this-process.js';

interface Beat extends Writer {
  readonly beat: number;
  readonly released: boolean;
}

/** How often life is shown, and how long it must not be shown to count as death. */
export interface Pulse {
  readonly everyMs: number;
  readonly deadAfterMs: number;
}
export const ordinaryPulse: Pulse = { everyMs: 5_000, deadAfterMs: 15_000 };

export interface Lease {
  /** Why it is not ours any more; undefined: it is. */
  readonly lost: Error | undefined;
  release(): Promise<void>;
}

const heldIn = ({ text }: KeptObject): Beat => JSON.parse(text) as Beat;

/** The living holder as far as its object says; null where there is none. */
export const holderOf = async (objects: S3Objects, key: string): Promise<Writer | null> => {
  const there = await objects.get(key);
  if (!there) return null;
  const { id, host, process, by, since, released } = heldIn(there);
  const writer = { id, host, process, by, since };
  return released || diedHere(writer) ? null : writer;
};

/** @throws RecoveryError `fenced` while another holds it and lives. */
export const takeLease = async (objects: S3Objects, key: string, run: string, writer: Writer, pulse: Pulse): Promise<Lease> => {
  let last: Beat = { ...writer, beat: 0, released: false };
  const put = (over: string | null): Promise<boolean> => objects.put({ key, text: canonical(last), over });
  const there = await objects.get(key);
  if (there && !(await isFree(objects, key, there, pulse))) throw lockedBy(run, heldIn(there));
  if (!(await put(there?.etag ?? null))) throw lockedBy(run, await holderOf(objects, key));

  let lost: Error | undefined;
  const stop = new AbortController();
  const beat = async (next: Partial<Beat>): Promise<void> => {
    const ours = await objects.get(key);
    if (!ours || heldIn(ours).id !== writer.id) lost = new Error(`${ours ? heldIn(ours).host : 'nobody'} holds it now`);
    else {
      last = { ...last, beat: last.beat + 1, ...next };
      if (!(await put(ours.etag))) lost = new Error('another process took it');
    }
  };
  const beating = (async () => {
    while (lost === undefined) {
      await pause(pulse.everyMs, undefined, { signal: stop.signal, ref: false });
      // A beat that cannot be sent is sent again with the next; whoever took the journal over shows in its conditional put.
      await beat({}).catch(() => undefined);
    }
  })().catch(() => undefined);
  return {
    get lost() {
      return lost;
    },
    release: async () => {
      stop.abort();
      await beating;
      if (lost === undefined) await beat({ released: true }).catch(() => undefined);
    },
  };
};

const isFree = async (objects: S3Objects, key: string, there: KeptObject, pulse: Pulse): Promise<boolean> => {
  const { released, ...held } = heldIn(there);
  if (released || diedHere(held)) return true;
  await pause(pulse.deadAfterMs);
  const now = await objects.get(key);
  return now?.etag === there.etag;
};
