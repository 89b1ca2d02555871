/**
 * One run at a time for one recovery: one world, from one site to another.
 *
 * 1. The claim is taken in one piece, before anything of the run is begun: before the twin's clock, the survey and the journal.
 * 2. It is held until the journal of its run says that the run has ended: an unfinished run that nobody carries out keeps it too.
 * 3. A claim without a journal lasts as long as the process that took it.
 */
import { lockedBy } from '../adapters/file-store.js';
import { systemClock } from '../adapters/system-clock.js';
import { isGone, writerInWords } from '../adapters/this-process.js';
import { RecoveryError } from '../model/recovery-error.js';
import { later } from '../model/time.js';
import type { Claim, RunStore, Writer } from '../ports/run-store.js';
import { stateOf } from './read-run.js';

export interface HeldClaim {
  /** Says which run it is for. */
  named(run: string): Promise<void>;
  /** Gives it back, unless a run of it was begun: that ends by its journal. */
  release(): Promise<void>;
}

/** How long whoever comes second waits for the first one's run to get its name. */
const namelessSeconds = 30;

/** `run`: one that goes on. @throws RecoveryError `fenced` while the recovery is another's, saying whose and how to follow it. */
export const claimRecovery = async (store: RunStore, recovery: string, writer: Writer, run: string | null = null): Promise<HeldClaim> => {
  let own: Claim = { ...writer, run };
  const givesUpAt = later(systemClock.now(), namelessSeconds);
  for (;;) {
    const held = await store.claimOf(recovery);
    const standing = held === null || (run !== null && held.run === run) ? 'free' : await standingOf(store, held);
    if (standing instanceof RecoveryError) throw standing;
    if (standing === 'free' && (await store.replaceClaim(recovery, held, own))) break;
    if (standing === 'nameless' && held && systemClock.now() > givesUpAt)
      throw new RecoveryError(
        'fenced',
        'recovery-claimed',
        `this recovery is being started by ${writerInWords(held)}; nothing was begun here`,
      );
    if (standing === 'nameless') await systemClock.sleepUntil(later(systemClock.now(), 0.2));
  }
  return {
    named: async (name) => {
      const next = { ...own, run: name };
      if (!(await store.replaceClaim(recovery, own, next)))
        throw new RecoveryError(
          'fenced',
          'claim-lost',
          'another process took this recovery over; look with altsite status before you go on',
        );
      own = next;
    },
    release: async () => {
      if (own.run === null || !(await store.has(own.run))) await store.replaceClaim(recovery, own, null);
    },
  };
};

/** Whether a claim counts no more; otherwise what its rival is told, once its run has a name. */
const standingOf = async (store: RunStore, held: Claim): Promise<'free' | 'nameless' | RecoveryError> => {
  const { run } = held;
  if (run === null || !(await store.has(run))) return isGone(held) ? 'free' : 'nameless';
  const { opened, outcome, hold } = await stateOf(store, run);
  if (outcome !== null) return 'free';
  const at = await store.writerOf(run);
  if (at) return lockedBy(run, at);
  if (!opened) return isGone(held) ? 'free' : 'nameless';
  const giveUp = hold
    ? `give it up with: altsite decide ${run} ${hold.task} abandon --by ROLE --reason TEXT, and then altsite resume ${run}`
    : `once it holds it can be abandoned (altsite status ${run} says how)`;
  return new RecoveryError(
    'fenced',
    'recovery-unfinished',
    `run ${run} of this recovery is unfinished, and nobody carries it out now (last by ${writerInWords(held)}); go on with: altsite resume ${run}; ${giveUp}`,
  );
};
