import type { Plan, Task } from '../model/plan.js';
import type { DecisionMade, RunState, TaskState } from '../model/run-state.js';
import { secondsBetween, type Instant } from '../model/time.js';
import { runReport, type Measured, type RunReport } from './run-report.js';

/** What cannot be read in the journal: who writes it now, and what time it is in the run's world. */
export interface Seen {
  /** Who carries it out now, in words; null: nobody. */
  readonly writer: string | null;
  readonly now: Instant | null;
}

/** `altsite status --json` (a contract: add, never rename). */
export interface RunStatus {
  readonly run: string;
  readonly outcome: RunReport['outcome'];
  readonly mode: RunReport['mode'];
  readonly world: RunReport['world'];
  /** Whether a living process is at it. */
  readonly beingCarriedOut: boolean;
  /** Who that is, and where; null: nobody. */
  readonly writer: string | null;
  /** The journal's last entry: everything below is as of then, unless it says `now`. */
  readonly asOf: { readonly at: Instant; readonly entry: number };
  /** The world's clock; null where it cannot be asked, or belongs to another world than the journal's. */
  readonly now: Instant | null;
  readonly disruptedAt: Instant | null;
  /** Null: nobody with authority has activated the plan, so that only what can be undone is done. */
  readonly activatedAt: Instant | null;
  readonly paused?: RunReport['paused'];
  /** `seconds` until the DNS proof, or so far. */
  readonly rto: Measured & { readonly running: boolean; readonly secondsNow: number | null };
  readonly rpo: Measured;
  readonly hold?: RunReport['hold'];
  /** Who is waited for, since when and until when. */
  readonly waitingFor: readonly { readonly task: string; readonly owner: string; readonly since: Instant; readonly limitSeconds: number }[];
  readonly tasks: readonly TaskStatus[];
  /** Tasks that start next: those not begun whose needs are all begun or finished. */
  readonly next: readonly string[];
  readonly decisions: readonly DecisionMade[];
  readonly left: readonly string[];
  /** What to type next. */
  readonly follow: string;
}
export interface TaskStatus {
  readonly id: string;
  readonly title: string;
  readonly state: TaskState;
  readonly attempts: number;
  /** Null: not begun. */
  readonly elapsedSeconds: number | null;
  readonly expectedSeconds: number;
}

/** Where a run stands, from what its journal comes to; pure. */
export const runStatus = (plan: Plan, state: RunState, seen: Seen): RunStatus => {
  const report = runReport(plan, state, '');
  const { lastAt, entries } = state.history;
  const at = lastAt ?? '';
  // A twin that is younger than the journal is not the run's.
  const now = seen.now !== null && seen.now >= at ? seen.now : null;
  const disruptedAt = report.clocks.disruptedAt?.at ?? null;
  const since = (moment: Instant | null): number | null =>
    disruptedAt === null || moment === null ? null : secondsBetween(disruptedAt, moment);
  const running = report.rto.seconds === null && state.outcome === null;
  return {
    run: state.run,
    outcome: report.outcome,
    mode: report.mode,
    world: report.world,
    beingCarriedOut: seen.writer !== null,
    writer: seen.writer,
    asOf: { at, entry: entries },
    now,
    disruptedAt,
    activatedAt: report.clocks.activatedAt?.at ?? null,
    ...(report.paused ? { paused: report.paused } : {}),
    rto: { ...report.rto, seconds: report.rto.seconds ?? since(at), running, secondsNow: running ? since(now) : null },
    rpo: report.rpo,
    ...(report.hold ? { hold: report.hold } : {}),
    waitingFor: state.outcome === null ? plan.tasks.flatMap((task) => waitOf(state, task)) : [],
    tasks: plan.tasks.map((task) => taskStatus(state, task, at)),
    next: state.outcome === null && !state.undo ? nextTasks(plan, state) : [],
    decisions: report.decisions,
    left: state.left,
    follow: followUp(state, seen),
  };
};

const waitOf = (state: RunState, task: Task): RunStatus['waitingFor'] => {
  const progress = state.tasks.get(task.id);
  if (task.does !== 'ask' || progress?.is !== 'asked') return [];
  return [{ task: task.id, owner: task.owner, since: progress.startedAt ?? '', limitSeconds: task.limitSeconds }];
};

const taskStatus = (state: RunState, { id, title, expectedSeconds }: Task, at: Instant): TaskStatus => {
  const { is = 'waiting', attempt = 0, startedAt = null, finishedAt = null } = state.tasks.get(id) ?? {};
  const elapsedSeconds = startedAt === null ? null : secondsBetween(startedAt, finishedAt ?? at);
  return { id, title, state: is, attempts: attempt, elapsedSeconds, expectedSeconds };
};

const nextTasks = (plan: Plan, state: RunState): string[] => {
  const is = (id: string): TaskState => state.tasks.get(id)?.is ?? 'waiting';
  return plan.tasks.filter(({ id, needs }) => is(id) === 'waiting' && needs.every((need) => is(need) !== 'waiting')).map(({ id }) => id);
};

const followUp = ({ run, outcome, hold }: RunState, { writer }: Seen): string => {
  if (outcome !== null) return `altsite report ${run}`;
  if (writer !== null) return `watch -n 5 altsite status ${run}`;
  return hold ? 'decide as above, then altsite resume '.concat(run) : `altsite resume ${run}`;
};
