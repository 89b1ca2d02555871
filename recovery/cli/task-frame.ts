/** What a watched run looks like: its clocks, and a line for every task in the plan's order. Pure; drawn anew whenever something happens. */
import type { Plan, Task } from '../model/plan.js';
import type { RunState, TaskProgress } from '../model/run-state.js';
import { secondsBetween, type Instant } from '../model/time.js';
import { lostSeconds } from '../report/chosen-recovery-point.js';
import { runClocks } from '../report/run-clocks.js';
import { fitted, type LineKind } from './fitted-lines.js';
import { shortTime } from './short-time.js';

export interface FrameFacts {
  readonly plan: Plan;
  readonly state: RunState;
  readonly now: Instant;
  readonly startedAt: Instant;
  /** What the last look at a task said. */
  readonly looks: ReadonlyMap<string, string>;
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
}
export type Paint = (colour: 'red' | 'green' | 'yellow' | 'cyan' | 'dim', text: string) => string;

/** At most `rows` lines of at most `columns` characters: what is finished goes first when room is short, then what waits. */
export const taskFrame = (facts: FrameFacts): readonly string[] => {
  const { plan, rows, columns } = facts;
  const widest = plan.tasks.reduce((most, { id }) => Math.max(most, Math.min(32, id.length)), 0);
  const irreversible = plan.tasks.find(({ effect }) => effect !== 'reversible');
  const tasks = plan.tasks.map((task) => ({ kind: kindOf(facts, task), text: () => taskLine(facts, task, widest, columns) }));
  const at = irreversible ? plan.tasks.indexOf(irreversible) : tasks.length;
  const noReturn = facts.paint('dim', '  ── point of no return ──');
  const lines = tasks.flatMap((line, index) => (index === at ? [{ kind: 'mark' as const, text: () => noReturn }, line] : [line]));
  return [...clocks(facts), '', ...fitted(lines, rows - 4)];
};

const clocks = ({ plan, state, now, startedAt, paint }: FrameFacts): string[] => {
  const at = runClocks(plan, state);
  const lost = lostSeconds(plan, state);
  const left = plan.objective.rtoSeconds - secondsBetween(at.disruptedAt?.at ?? startedAt, at.servedAt?.at ?? now);
  const rto = left >= 0 ? `${shortTime(left)} left` : paint('red', `${shortTime(-left)} over`);
  const data = lost === null ? 'not known yet' : `${shortTime(lost)} of data`;
  const world = plan.world === 'twin' ? paint('cyan', 'REHEARSAL') : paint('red', 'AWS');
  return [
    `${world}  ${plan.mode} ${plan.from.name} → ${plan.to.name}  run ${state.run}`,
    `${now.slice(11, 19)}  run ${shortTime(secondsBetween(startedAt, now))}` +
      `  RTO ${rto} of ${shortTime(plan.objective.rtoSeconds)}  RPO ${data} of ${shortTime(plan.objective.rpoSeconds)}`,
  ];
};

const underWay = new Set(['started', 'accepted', 'done']);

const kindOf = ({ state }: FrameFacts, { id }: Task): LineKind => {
  const progress = state.tasks.get(id);
  if (!progress || progress.is === 'waiting') return 'waiting';
  return progress.finishedAt !== null && progress.is !== 'failed' ? 'finished' : 'active';
};

const taskLine = (facts: FrameFacts, task: Task, widest: number, columns: number): string => {
  const { sign, colour, text } = said(facts, task, facts.state.tasks.get(task.id));
  const line = `${task.id.padEnd(widest)}  ${text}`;
  const room = columns - 5;
  const cut = line.length > room ? `${line.slice(0, Math.max(0, room - 1))}…` : line;
  return colour ? `  ${facts.paint(colour, sign)} ${colour === 'dim' ? facts.paint('dim', cut) : cut}` : `  ${sign} ${cut}`;
};

interface Said {
  readonly sign: string;
  readonly colour: Parameters<Paint>[0] | null;
  readonly text: string;
}

const said = ({ state, now, looks }: FrameFacts, task: Task, progress: TaskProgress | undefined): Said => {
  const about = shortTime(task.expectedSeconds);
  const since = shortTime(secondsBetween(progress?.startedAt ?? now, progress?.finishedAt ?? now));
  if (!progress || progress.is === 'waiting') return { sign: '·', colour: 'dim', text: `about ${about}${after(state, task)}` };
  if (progress.is === 'asked' && task.does === 'ask')
    return { sign: '?', colour: 'yellow', text: `waits for ${task.owner}, ${since} of ${about}: altsite ack ${state.run} ${task.id}` };
  if (progress.is === 'failed') return { sign: '✖', colour: 'red', text: progress.error?.message ?? 'failed' };
  if (underWay.has(progress.is)) {
    const late = secondsBetween(progress.startedAt ?? now, now) > task.expectedSeconds;
    return { sign: '▶', colour: late ? 'yellow' : 'cyan', text: `${since} of about ${about}  ${looks.get(task.id) ?? ''}`.trimEnd() };
  }
  if (progress.is === 'undoing') return { sign: '◀', colour: 'cyan', text: `undoing for ${since}  ${looks.get(task.id) ?? ''}`.trimEnd() };
  if (progress.is === 'undone') return { sign: '◁', colour: 'dim', text: 'undone' };
  if (progress.is === 'skipped' || progress.is === 'waived') return { sign: '!', colour: 'yellow', text: progress.is };
  const how = progress.is === 'verified' ? '' : ` ${progress.is}`;
  return { sign: '✔', colour: 'green', text: `${since} of about ${about}${how}` };
};

/** What a waiting task waits for. */
const after = (state: RunState, { needs }: Task): string => {
  const open = needs.filter((need) => (state.tasks.get(need)?.finishedAt ?? null) === null);
  if (open.length === 0) return '';
  return `, after ${open.slice(0, 2).join(', ')}${open.length > 2 ? ` and ${open.length - 2} more` : ''}`;
};
