import type { Acknowledgement, PauseRequest, People } from '../ports/people.js';
import type { RunStore } from '../ports/run-store.js';

/** No task has this name: names of tasks have no dot. */
const pauseNote = 'run.pause';

/** A wish to pause, and the last entry that whoever wished it had read: a run that went on since then is not stopped by it again. */
interface LeftPause extends PauseRequest {
  readonly after: number;
}

/**
 * What `altsite ack` and `altsite pause` left as notes beside the journal; the process that carries out the run journals it.
 * `since`: the last entry before that process.
 */
export const inboxPeople = (store: RunStore, run: string, since: number): People => ({
  ask: async () => undefined,
  answers: async () => (await store.notes(run)).flatMap(([name, note]) => (name === pauseNote ? [] : [note as Acknowledgement])),
  pause: async () => {
    const left = (await store.notes(run)).find(([name]) => name === pauseNote)?.[1] as LeftPause | undefined;
    return left && left.after >= since ? { by: left.by, reason: left.reason, source: left.source } : null;
  },
});

export const leaveInInbox = (store: RunStore, run: string, answer: Acknowledgement): Promise<void> => store.leave(run, answer.task, answer);

export const leavePause = (store: RunStore, run: string, request: PauseRequest, after: number): Promise<void> =>
  store.leave(run, pauseNote, { ...request, after } satisfies LeftPause);
