import type { JournalEntry } from '../model/journal-entry.js';
import { later } from '../model/time.js';
import type { People } from '../ports/people.js';

/** In a rehearsal: the scenario answers for whoever was asked, `afterSeconds` of the world's time later. */
export const scenarioPeople = (scenario: string, entries: () => readonly JournalEntry[], afterSeconds: number): People => ({
  ask: async () => undefined,
  pause: async () => null,
  answers: async (at) => {
    const asked = entries().filter((entry) => entry.kind === 'asked');
    const acknowledged = new Set(entries().flatMap((entry) => (entry.kind === 'acknowledged' ? [entry.task] : [])));
    return asked
      .filter((entry) => !acknowledged.has(entry.task) && later(entry.at, afterSeconds) <= at)
      .map((entry) => ({
        task: entry.task,
        by: entry.owner,
        note: 'answered by the scenario: nobody was contacted',
        source: `scenario ${scenario}`,
      }));
  },
});

/** Everyone who may answer. */
export const anyOf = (people: readonly People[]): People => ({
  ask: async (request) => {
    for (const one of people) await one.ask(request);
  },
  answers: async (at) => {
    const seen = new Set<string>();
    const all = (await Promise.all(people.map((one) => one.answers(at)))).flat();
    return all.filter(({ task }) => !seen.has(task) && seen.add(task));
  },
  pause: async () => {
    for (const one of people) {
      const request = await one.pause();
      if (request) return request;
    }
    return null;
  },
});
