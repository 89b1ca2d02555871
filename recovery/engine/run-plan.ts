/**
 * The one effectful loop. Invariants:
 *
 * 1. Every entry is durable before the next effect: what a crash can lose is unanswered calls, which `start` repeats under the same token.
 * 2. There is one suspension point, `pass`: the moves under way, or the clock.
 * 3. Nothing is decided here: the agenda says what can be done, `perform` does it, `fold` remembers.
 * 4. Moves that can be made at one moment are made side by side. Where time moves only when we sleep, they are journalled in the order they were
 *    begun, however their answers came in: the same seed, the same journal.
 * 5. A call that does not come back holds up nobody else: its task is looked at again.
 */
import type { Happening, JournalEntry, Outcome } from '../model/journal-entry.js';
import type { Plan, Task } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import { instant, later, milliseconds } from '../model/time.js';
import type { Clock } from '../ports/clock.js';
import type { Journal } from '../ports/journal-store.js';
import type { Authority, People } from '../ports/people.js';
import { Agenda, peoplePaceSeconds, type Move } from './agenda.js';
import { nextLookAt } from './cadence.js';
import { callLimits } from './call-limits.js';
import { foldAll, foldEntry, progressOf } from './fold.js';
import { Governor, type LimitOf } from './governor.js';
import { holdFor, holdOfPause, type Hold } from './holding.js';
import { callLimitSeconds, MovesUnderWay, type Made } from './moves-under-way.js';
import { paceOf } from './pace.js';
import { perform, receiptIn, unanswered, type Performed } from './perform.js';
import { undoOf } from './standing.js';
import { awaitedSince, type Registries } from './step-context.js';
import { teamReach, type TeamsWorld } from './team-reach.js';
import { undo, undoNotOver } from './undo.js';
import { nextUndo } from './undoing.js';

/** Everything a run touches, built in `cli/compose.ts` only. */
export interface RunWorld extends TeamsWorld, Registries {
  readonly clock: Clock;
  readonly people: People;
  readonly authority: Authority;
  /** What AWS takes, where more is known than `call-limits.ts` assumes. */
  readonly limits?: LimitOf;
  /** Told of every entry and of every look; for the person watching. */
  readonly watch: { entry(entry: JournalEntry): void; look(task: Task, progress: string): void };
  /** True once the operator wants out; the run stops between two moves. */
  readonly interrupted: () => boolean;
}

export interface RunEnd {
  readonly outcome: Outcome | 'interrupted';
  readonly state: RunState;
}

/** Most work begun side by side, and most looks: looks of one kind go out as one request for a hundred. */
const most = { starts: 64, looks: 1_000 };

/** Carries a plan out from wherever its journal stands until it ends, holds or is interrupted. */
export const runPlan = async (plan: Plan, journal: Journal, world: RunWorld): Promise<RunEnd> => {
  const { clock, people, watch } = world;
  let state = await foldAll(journal.read());
  const governor = new Governor(world.limits ?? callLimits);
  const takenUpAt = clock.now();
  const agenda = new Agenda(plan, state, governor, takenUpAt);
  const reachOf = teamReach(world, governor, clock, takenUpAt);
  const underWay = new MovesUnderWay(clock);
  let authorityRefused = false;
  let peopleLookedForAt = instant(0);

  const append = async (...happenings: readonly Happening[]): Promise<void> => {
    if (happenings.length === 0) return;
    for (const entry of await journal.append(happenings, clock.now(), journal.sequence)) {
      state = foldEntry(state, entry);
      agenda.note(entry, state);
      watch.entry(entry);
    }
  };
  const hold = async ({ task, reason, choices }: Hold): Promise<RunEnd> => {
    await append({ kind: 'held', task, reason, choices });
    return { outcome: 'held', state };
  };
  const end = async (outcome: 'recovered' | 'abandoned' | 'undone'): Promise<RunEnd> => {
    await append({ kind: 'ended', outcome });
    return { outcome, state };
  };

  const begin = async (moves: readonly Move[]): Promise<void> => {
    const kindOf = ({ verb }: Move) => (verb === 'undo' ? ('undo-started' as const) : ('started' as const));
    await append(...moves.filter(({ again }) => !again).map((move) => ({ kind: kindOf(move), task: move.task.id, attempt: move.attempt })));
    const at = clock.now();
    const givenUpAt = later(at, callLimitSeconds);
    for (const move of moves) {
      const { verb, task, attempt, prepaid } = move;
      const reach = reachOf(task.team, prepaid);
      const made =
        verb === 'undo' ? undo(task, attempt, plan, state, at, world, reach) : perform(verb, task, attempt, plan, state, at, world, reach);
      underWay.add(move, made, givenUpAt);
    }
  };

  /** What is known of a move that did not come back: how long its task has taken. */
  const givenUp = ({ verb, task, attempt }: Move): Performed => {
    const progress = `no answer within ${callLimitSeconds} s; looking again`;
    const now = clock.now();
    const spent = { attempt, at: now, awaitedSince: awaitedSince(state, task.id, takenUpAt) };
    return verb === 'undo' ? undoNotOver(task, spent, progress) : unanswered(task, spent, progress);
  };

  /** Writes down what came of moves, in the order they were begun. */
  const commit = async (made: readonly Made[]): Promise<void> => {
    if (made.length === 0) return;
    const now = clock.now();
    const all = made.map(({ move, performed }) => ({ move, performed: performed ?? givenUp(move) }));
    const happenings = all.flatMap(({ performed: { entry } }) => {
      const receipt = entry?.kind === 'done' ? receiptIn(entry.output) : undefined;
      return [receipt, entry].flatMap((one) => one ?? []);
    });
    await append(...happenings);
    for (const { move, performed } of all) {
      const { entry, progress, notBeforeSeconds } = performed;
      const { task, prepaid } = move;
      if (prepaid && !prepaid.used) governor.giveBack(prepaid.calls, milliseconds(now));
      if (!entry) {
        watch.look(task, progress);
        // Only work that is on its way has an end to wait for; whatever else did not get through is tried again soon.
        const pace = paceOf(task, world, move.verb === 'poll');
        const since = progressOf(state, task.id).startedAt ?? now;
        agenda.lookLater(task.id, nextLookAt(pace, since, now, notBeforeSeconds));
      }
      agenda.settled(task.id);
    }
  };

  const acknowledge = async (): Promise<void> => {
    if (later(peopleLookedForAt, peoplePaceSeconds) > clock.now()) return;
    peopleLookedForAt = clock.now();
    for (const { task, ...answer } of await people.answers(clock.now()))
      if (progressOf(state, task).is === 'asked') await append({ kind: 'acknowledged', task, ...answer });
    const pause = await people.pause();
    if (pause && !state.paused) await append({ kind: 'paused', ...pause });
  };

  const ask = async (task: Task): Promise<void> => {
    if (task.does !== 'ask') throw new Error(`${task.id} is not for people`);
    const { id, owner, request } = task;
    await append({ kind: 'asked', task: id, attempt: 1, owner, request });
    await people.ask({ run: state.run, task: id, owner, request, at: clock.now() });
  };

  const authorise = async (task: Task): Promise<void> => {
    const given = await world.authority.authorise({ run: state.run, task: task.id, effect: task.effect, at: clock.now() });
    if (given) await append({ kind: 'authorised', task: task.id, ...given });
    else authorityRefused = true;
  };

  /** Begins whatever can be begun now; false: nothing. */
  const beginMore = async (): Promise<boolean> => {
    if (state.paused) return false;
    const asks = agenda.asksNow();
    for (const task of asks) await ask(task);
    const moves = agenda.movesNow(clock.now(), underWay.room(most));
    if (moves.length > 0) await begin(moves);
    return asks.length + moves.length > 0;
  };

  while (!world.interrupted()) {
    await acknowledge();
    if (state.abandoned) return end('abandoned');
    if (undoOf(plan, state)) {
      const next = nextUndo(plan, state, clock.now());
      if (next.is === 'end') return end('undone');
      if (next.is === 'hold') return hold(next.hold);
      await begin([{ ...next, verb: 'undo', prepaid: null }]);
      await commit(await underWay.pass(undefined));
      const until = agenda.undoLookAt(next.task.id);
      if (until > clock.now()) await clock.sleepUntil(until);
      continue;
    }
    if (agenda.isOver() && underWay.size === 0) return end('recovered');
    const begun = await beginMore();
    if (underWay.size > 0) {
      await commit(await underWay.pass(agenda.wakesAt(clock.now(), underWay.room(most))));
      continue;
    }
    if (begun) continue;
    if (state.paused) return hold(holdOfPause(plan, state, clock.now()));
    const needsAuthority = agenda.needsAuthority();
    if (needsAuthority && !authorityRefused) await authorise(needsAuthority);
    else {
      const until = agenda.wakesAt(clock.now(), underWay.room(most));
      if (until === undefined) return hold(holdFor(plan, state, clock.now(), needsAuthority));
      await clock.sleepUntil(until);
    }
  }
  await commit(await underWay.rest());
  return { outcome: 'interrupted', state };
};
