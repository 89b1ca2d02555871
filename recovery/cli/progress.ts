import type { JournalEntry } from '../model/journal-entry.js';
import type { Plan, Task } from '../model/plan.js';
import { secondsBetween, type Instant } from '../model/time.js';
import type { Console } from './command.js';
import { shortTime } from './short-time.js';

/** Told of every entry and every look while a run goes on. */
export interface Watch {
  /** What happened before anybody watched. */
  replay(entry: JournalEntry): void;
  entry(entry: JournalEntry): void;
  look(task: Task, progress: string): void;
  end(): void;
}

/** One line per thing that happened, with the run's elapsed time and the RTO clock; on stderr, plain when nobody watches. */
export const progress = (console: Console, plan: Plan, disruptedAt: Instant, started: Instant, now: () => Instant): Watch => {
  const paint = (code: number, text: string): string => (console.colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const clocks = (at: Instant): string => {
    const left = plan.objective.rtoSeconds - secondsBetween(disruptedAt, at);
    return `${at.slice(11, 19)}  run ${short(secondsBetween(started, at))}  RTO ${left >= 0 ? `${short(left)} left` : paint(31, `${short(-left)} over`)}`;
  };
  const say = (at: Instant, sign: string, text: string): void => console.err(`${clocks(at)}  ${sign} ${text}\n`);
  const titles = new Map(plan.tasks.map(({ id, title }) => [id, title]));
  const titleOf = (id: string): string => titles.get(id) ?? id;
  const saidBefore = new Map<string, string>();
  return {
    replay: () => undefined,
    entry: (entry: JournalEntry): void => {
      switch (entry.kind) {
        case 'activated':
          return say(entry.at, paint(36, '!'), `activated by ${entry.by}: ${entry.reason} (${entry.source})`);
        case 'started':
          return say(entry.at, '>', `${entry.task}: ${titleOf(entry.task)}${entry.attempt > 1 ? `, attempt ${entry.attempt}` : ''}`);
        case 'verified':
          return say(
            entry.at,
            paint(32, '+'),
            `${entry.task}: ${entry.evidence.length} claim${entry.evidence.length === 1 ? '' : 's'} verified`,
          );
        case 'failed':
          return say(entry.at, paint(31, 'x'), `${entry.task}: ${entry.error.message}`);
        case 'asked':
          return say(entry.at, '?', `${entry.task}: waits for ${entry.owner}: ${entry.request}`);
        case 'acknowledged':
          return say(entry.at, paint(32, '+'), `${entry.task}: acknowledged by ${entry.by} (${entry.source})`);
        case 'authorised':
          return say(
            entry.at,
            paint(36, '!'),
            `authorised by ${entry.by}: ${entry.reason} (${entry.source}); from ${entry.task} on nothing is undone`,
          );
        case 'held':
          return say(entry.at, paint(33, '='), `held at ${entry.task}: ${entry.reason}`);
        case 'paused':
          return say(entry.at, paint(33, '='), `paused by ${entry.by}: ${entry.reason} (${entry.source})`);
        case 'resumed':
          return say(entry.at, '>', `resumed${entry.notice ? `; ${entry.notice}` : ''}`);
        case 'decided':
          return say(
            entry.at,
            '!',
            `${entry.decision} ${entry.task}, decided by ${entry.by}: ${entry.reason}${entry.expiresAt ? ` (until ${entry.expiresAt})` : ''}`,
          );
        case 'undo-started':
          return say(entry.at, '<', `${entry.task}: undoing${entry.attempt > 1 ? ` attempt ${entry.attempt}` : ''}`);
        case 'undone':
          return say(entry.at, paint(32, '-'), `${entry.task}: undone${entry.left.length ? `; stays: ${entry.left.join(', ')}` : ''}`);
        case 'undo-failed':
          return say(entry.at, paint(31, 'x'), `${entry.task}: could not be undone: ${entry.error.message}`);
        case 'receipted':
          return say(
            entry.at,
            paint(32, '+'),
            `receipt for ${entry.receipt.site}: ${entry.receipt.gates.length} gates hold${entry.receipt.waived.length ? `, ${entry.receipt.waived.length} waived` : ''}`,
          );
        case 'ended':
          return say(entry.at, paint(entry.outcome === 'recovered' ? 32 : 33, '='), entry.outcome);
        case 'opened':
        case 'continued':
        case 'checkpointed':
        case 'accepted':
        case 'done':
        case 'calls-counted':
        case 'rows-compared':
          return undefined;
      }
    },
    look: (task: Task, text: string): void => {
      if (saidBefore.get(task.id) === text) return;
      saidBefore.set(task.id, text);
      say(now(), ' ', `${task.id}: ${text}`);
    },
    end: () => undefined,
  };
};

const short = (seconds: number): string => shortTime(seconds).padStart(7);
