/**
 * The one effectful loop. Invariants:
 *
 * 1. Every entry is durable before the next effect: what a crash can lose is at most one unanswered call, which `start` repeats under the same token.
 * 2. There is one suspension point, `clock.sleepUntil`.
 * 3. Nothing is decided here: `nextMove` decides, `perform` acts, `fold` remembers.
 */
import type { Happening, JournalEntry, Outcome } from '../model/journal-entry.js';
import type { Plan, Task } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import { later, type Instant } from '../model/time.js';
import type { Clock } from '../ports/clock.js';
import type { Journal } from '../ports/journal-store.js';
import type { Authority, People } from '../ports/people.js';
import { foldAll, foldEntry, progressOf } from './fold.js';
import { nextMove, peoplePaceSeconds, type Move } from './next-move.js';
import { perform, receiptIn } from './perform.js';
import type { Reach, Registries } from './step-context.js';
import { undo } from './undo.js';

/** Everything a run touches, built in `cli/compose.ts` only. */
export interface RunWorld extends Reach, Registries {
  readonly clock: Clock;
  readonly people: People;
  readonly authority: Authority;
  /** Told of every entry and of every look; for the person watching. */
  readonly watch: { entry(entry: JournalEntry): void; look(task: Task, progress: string): void };
  /** True once the operator wants out; the run stops between two moves. */
  readonly interrupted: () => boolean;
}

export interface RunEnd {
  readonly outcome: Outcome | 'interrupted';
  readonly state: RunState;
}

/** Carries a plan out from wherever its journal stands until it ends, holds or is interrupted. */
export const runPlan = async (plan: Plan, journal: Journal, world: RunWorld): Promise<RunEnd> => {
  let state = await foldAll(journal.read());
  const nextLook = new Map<string, Instant>();
  let authorityRefused = false;
  const append = async (happening: Happening): Promise<void> => {
    for (const entry of await journal.append([happening], world.clock.now(), journal.sequence)) {
      state = foldEntry(state, entry);
      world.watch.entry(entry);
    }
  };

  const act = async (move: Extract<Move, { is: 'start' | 'poll' | 'verify' | 'undo' }>): Promise<void> => {
    const { task, attempt } = move;
    if (move.is === 'start' && !move.again) await append({ kind: 'started', task: task.id, attempt });
    if (move.is === 'undo' && !move.again) await append({ kind: 'undo-started', task: task.id, attempt });
    const { entry, progress } =
      move.is === 'undo'
        ? await undo(task, attempt, plan, state, world.clock.now(), world, world)
        : await perform(move.is, task, attempt, plan, state, world.clock.now(), world, world);
    if (entry?.kind === 'done') {
      const receipt = receiptIn(entry.output);
      if (receipt) await append(receipt);
    }
    if (entry) await append(entry);
    else world.watch.look(task, progress);
    const pace = entry ? 0 : paceOf(task, world);
    nextLook.set(task.id, later(world.clock.now(), pace));
  };

  while (!world.interrupted()) {
    for (const answer of await world.people.answers(world.clock.now()))
      if (progressOf(state, answer.task).is === 'asked') await append({ kind: 'acknowledged', ...answer });
    const move = nextMove(plan, state, { nextLook, authorityRefused }, world.clock.now());
    switch (move.is) {
      case 'start':
      case 'poll':
      case 'verify':
      case 'undo':
        await act(move);
        break;
      case 'ask':
        if (move.task.does !== 'ask') throw new Error(`${move.task.id} is not for people`);
        await append({ kind: 'asked', task: move.task.id, attempt: 1, owner: move.task.owner, request: move.task.request });
        await world.people.ask({
          run: state.run,
          task: move.task.id,
          owner: move.task.owner,
          request: move.task.request,
          at: world.clock.now(),
        });
        break;
      case 'authorise': {
        const given = await world.authority.authorise({
          run: state.run,
          task: move.task.id,
          effect: move.task.effect,
          at: world.clock.now(),
        });
        if (given) await append({ kind: 'authorised', task: move.task.id, ...given });
        else authorityRefused = true;
        break;
      }
      case 'sleep':
        await world.clock.sleepUntil(move.until);
        break;
      case 'hold':
        await append({ kind: 'held', task: move.task, reason: move.reason, choices: move.choices });
        return { outcome: 'held', state };
      case 'end':
        await append({ kind: 'ended', outcome: move.outcome });
        return { outcome: move.outcome, state };
    }
  }
  return { outcome: 'interrupted', state };
};

const paceOf = (task: Task, registries: Registries): number => {
  if (task.does === 'ask') return peoplePaceSeconds;
  if (task.does === 'gate')
    return Math.min(...task.checks.map(({ uses }) => registries.checks.find((check) => check.uses === uses)?.paceSeconds ?? 5));
  return registries.steps.find(({ uses }) => uses === task.uses)?.paceSeconds ?? 5;
};
