import { terminal } from '../adapters/terminal.js';
import { foldEntry } from '../engine/fold.js';
import { notBegun } from '../engine/not-begun.js';
import type { JournalEntry } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import type { Instant } from '../model/time.js';
import type { Console } from './command.js';
import { progress, type Watch } from './progress.js';
import { taskFrame, type Paint } from './task-frame.js';

/** What the frame shows already; everything else that happens stays on the screen as a line above it. */
const shownByFrame = new Set<JournalEntry['kind']>(['opened', 'started', 'accepted', 'done', 'verified', 'asked', 'acknowledged']);

const codes = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 2 } as const;

/** The run as a list of tasks that is drawn anew as they move; for a terminal. */
export const liveProgress = (console: Console, plan: Plan, disruptedAt: Instant, startedAt: Instant, now: () => Instant): Watch => {
  const screen = terminal();
  console.speakThrough((text) => screen.say(text));
  const lines = progress(console, plan, disruptedAt, startedAt, now);
  const paint: Paint = (colour, text) => (console.colour ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text);
  const looks = new Map<string, string>();
  let state: RunState = notBegun();
  const frame = (): readonly string[] =>
    taskFrame({ plan, state, now: now(), startedAt, looks, columns: screen.columns(), rows: screen.rows(), paint });
  return {
    replay: (entry) => (state = foldEntry(state, entry)),
    entry: (entry) => {
      state = foldEntry(state, entry);
      if (!shownByFrame.has(entry.kind)) lines.entry(entry);
      screen.show(frame);
    },
    look: (task, text) => {
      looks.set(task.id, text);
      screen.show(frame);
    },
    end: () => {
      screen.end();
      console.speakThrough(null);
    },
  };
};
