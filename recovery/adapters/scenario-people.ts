import { later, type Instant } from '../model/time.js';
import type { People } from '../ports/people.js';

/** Somebody who was asked for something, and when. */
export interface Asked {
  readonly task: string;
  readonly owner: string;
  readonly at: Instant;
}

/** In a rehearsal: the scenario answers for whoever was asked, `afterSeconds` of the world's time later. `before`: who was asked already. */
export const scenarioPeople = (scenario: string, afterSeconds: number, before: readonly Asked[] = []): People => {
  const asked = new Map(before.map((one) => [one.task, one]));
  return {
    ask: async (request) => void asked.set(request.task, request),
    pause: async () => null,
    answers: async (now) =>
      [...asked.values()]
        .filter(({ at }) => later(at, afterSeconds) <= now)
        .map(({ task, owner }) => ({
          task,
          by: owner,
          note: 'answered by the scenario: nobody was contacted',
          source: `scenario ${scenario}`,
        })),
  };
};

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
