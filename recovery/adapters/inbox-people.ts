import type { Acknowledgement, People } from '../ports/people.js';
import type { RunStore } from '../ports/run-store.js';

/** Acknowledgements that `altsite ack` left as notes beside the journal; the process that carries out the run journals them. */
export const inboxPeople = (store: RunStore, run: string): People => ({
  ask: async () => undefined,
  answers: async () => (await store.notes(run)).map(([, note]) => note as Acknowledgement),
});

export const leaveInInbox = (store: RunStore, run: string, answer: Acknowledgement): Promise<void> => store.leave(run, answer.task, answer);
