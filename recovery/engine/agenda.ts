/**
 * What can be done now, and when to look again; kept up to date entry by entry, so that ten thousand tasks cost no more each than ten.
 *
 * 1. A task starts when everything it comes after is finished; `standing.ts` says what a skip or a waiver is worth.
 * 2. What cannot be undone starts only after authority was given, and never while any task has failed.
 * 3. Failure elsewhere does not stop work that does not depend on it.
 * 4. Of tasks that compete, the one with the lower rank goes first; the governor lets go what AWS will take.
 */
import type { JournalEntry } from '../model/journal-entry.js';
import type { Plan, Task } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import { instant, later, milliseconds, type Instant } from '../model/time.js';
import { Dependences } from './dependences.js';
import { progressOf } from './fold.js';
import type { Governor } from './governor.js';
import type { Prepaid } from './governed-aws.js';
import { PlannedLooks } from './planned-looks.js';
import { indexOf } from './plan-index.js';
import { ReadyTasks } from './ready-tasks.js';

export interface Move {
  readonly verb: 'start' | 'poll' | 'verify' | 'undo';
  readonly task: Task;
  readonly attempt: number;
  /** Its beginning is in the journal already. */
  readonly again: boolean;
  /** What the governor let it go with. */
  readonly prepaid: Prepaid | null;
}

/** How many more moves may be made side by side. */
export interface Room {
  readonly starts: number;
  readonly looks: number;
}

/** People are looked for at this pace while the run waits for them. */
export const peoplePaceSeconds = 5;

const underWay = new Set(['started', 'accepted', 'done']);
/** What these entries change is more than one task's own progress. */
const farReaching = new Set<JournalEntry['kind']>(['decided', 'undo-started', 'undone', 'undo-failed']);

export class Agenda {
  private readonly dependences: Dependences;
  private readonly ready: ReadyTasks;
  /** Ready, and cannot be undone. */
  private decisive: Task[] = [];
  private readonly looks = new PlannedLooks();
  private readonly busy = new Set<string>();

  constructor(
    private readonly plan: Plan,
    private state: RunState,
    private readonly governor: Governor,
    now: Instant,
  ) {
    this.dependences = new Dependences(plan);
    this.ready = new ReadyTasks(plan, governor);
    this.rebuild(now);
  }

  /** Takes note of an entry that was just folded into `state`. */
  note(entry: JournalEntry, state: RunState): void {
    this.state = state;
    if (farReaching.has(entry.kind)) return this.rebuild(entry.at);
    const task =
      'task' in entry && entry.kind !== 'authorised' && entry.kind !== 'held' ? indexOf(this.plan).byId.get(entry.task) : undefined;
    if (!task) return;
    if (this.is(task.id) !== 'started') this.looks.plan(task.id, '');
    for (const one of this.dependences.update(task, state, entry.at)) this.makeReady(one);
  }

  /** Looks at a task that is under way no sooner than `at`. */
  lookLater(id: string, at: Instant): void {
    this.looks.plan(id, at);
  }

  /** When to look at a task again that is being undone. */
  undoLookAt(id: string): Instant {
    return this.looks.of(id);
  }

  /** A move is over, or was given up. */
  settled(id: string): void {
    this.busy.delete(id);
    if (underWay.has(this.is(id))) this.looks.plan(id, this.looks.of(id));
  }

  isOver(): boolean {
    return this.dependences.allFinished();
  }

  /** Moves that can be made now, first to last; `starts` and `looks` at most. They count as being made from now on. */
  movesNow(now: Instant, most: Room): Move[] {
    if (this.dependences.waiversChanged(this.state, now)) this.rebuild(now);
    const moves = [...this.looksNow(now, most.looks), ...this.startsNow(now, most.starts)];
    for (const { task } of moves) this.busy.add(task.id);
    const { ranks } = indexOf(this.plan);
    return moves.sort((a, b) => (ranks.get(a.task.id) ?? 0) - (ranks.get(b.task.id) ?? 0));
  }

  /** Tasks for people that can be asked for now. */
  asksNow(): Task[] {
    return this.ready.takeAsks();
  }

  /** The first task that waits for authority and for nothing else. */
  needsAuthority(): Task | undefined {
    if (this.state.authorised || this.dependences.failed.size > 0) return undefined;
    const { ranks } = indexOf(this.plan);
    return this.decisive.toSorted((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0))[0];
  }

  /** When something can be done next, if nothing happens; undefined: never. What there is no room for is not waited for. */
  wakesAt(now: Instant, room: Room): Instant | undefined {
    const opens = room.starts > 0 ? this.ready.opensAt(now) : undefined;
    const look = room.looks > 0 ? this.firstLook()?.at : undefined;
    const silent = [...this.dependences.asked].some((id) => now < this.givesUpAt(id));
    return [look, opens === undefined ? undefined : instant(opens), silent ? later(now, peoplePaceSeconds) : undefined]
      .flatMap((wake) => wake ?? [])
      .sort()[0];
  }

  private is(id: string): string {
    return progressOf(this.state, id).is;
  }

  private givesUpAt(id: string): Instant {
    const { startedAt } = progressOf(this.state, id);
    return startedAt === null ? '' : later(startedAt, indexOf(this.plan).byId.get(id)?.limitSeconds ?? 0);
  }

  private firstLook() {
    return this.looks.first((id) => !this.busy.has(id) && underWay.has(this.is(id)));
  }

  private looksNow(now: Instant, most: number): Move[] {
    const { byId, reads } = indexOf(this.plan);
    const at = milliseconds(now);
    const moves: Move[] = [];
    for (let look = this.firstLook(); look && look.at <= now && moves.length < most; look = this.firstLook()) {
      const task = byId.get(look.id)!;
      const { is, attempt } = progressOf(this.state, look.id);
      const calls = reads.get(look.id);
      if (calls && !this.governor.isOpen(calls, at)) {
        this.looks.plan(look.id, instant(this.governor.opensAt(calls, at)));
        continue;
      }
      this.busy.add(look.id);
      moves.push({ verb: is === 'done' ? 'verify' : is === 'started' ? 'start' : 'poll', task, attempt, again: true, prepaid: null });
    }
    return moves;
  }

  private startsNow(now: Instant, most: number): Move[] {
    if (this.state.authorised && this.dependences.failed.size === 0) for (const task of this.decisive.splice(0)) this.ready.add(task);
    // Let go by authority, and overtaken by a failure before its turn came.
    if (this.dependences.failed.size > 0) this.decisive.push(...this.ready.takeOut(({ effect }) => effect !== 'reversible'));
    return this.ready.take(now, most).map(({ task, calls }) => {
      const attempt = progressOf(this.state, task.id).attempt + 1;
      return { verb: 'start', task, attempt, again: false, prepaid: calls && { calls, used: false } };
    });
  }

  private makeReady(task: Task): void {
    if (this.is(task.id) !== 'waiting' || this.busy.has(task.id)) return;
    if (task.effect === 'reversible') this.ready.add(task);
    else this.decisive.push(task);
  }

  private rebuild(now: Instant): void {
    this.ready.clear();
    this.decisive = [];
    for (const task of this.dependences.rebuild(this.state, now)) this.makeReady(task);
    for (const { id } of this.plan.tasks) if (underWay.has(this.is(id))) this.looks.plan(id, this.looks.of(id));
  }
}
