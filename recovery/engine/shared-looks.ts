import DataLoader from 'dataloader';
import type { Look } from '../kit/look.js';
import type { Aws } from '../ports/aws.js';

/** Looks at one thing; undefined: it is not there. */
export type LookAt = <Found>(look: Look<Found>, region: string, name: string) => Promise<Found | undefined>;

/**
 * Brings looks together: whatever is asked in one turn of the event loop goes out as one request for each `most` different names. Nothing is remembered
 * but what stays as it is: who looks again asks AWS again.
 */
export const sharedLooks = (aws: Aws): LookAt => {
  const loaders = new Map<string, DataLoader<string, unknown>>();
  const loaderOf = (look: Look<unknown>, region: string): DataLoader<string, unknown> => {
    const key = `${look.of} in ${region}`;
    const loader = loaders.get(key) ?? new DataLoader(answers(look, region, aws), { cache: look.stays ?? false });
    loaders.set(key, loader);
    return loader;
  };
  return async <Found>(look: Look<Found>, region: string, name: string) => {
    const loader = loaderOf(look, region);
    let found: unknown;
    try {
      found = await loader.load(name);
    } finally {
      // What was refused, or is not there yet, is no answer that stays.
      if (found === undefined) loader.clear(name);
    }
    return found as Found | undefined;
  };
};

const answers =
  (look: Look<unknown>, region: string, aws: Aws) =>
  async (names: readonly string[]): Promise<unknown[]> => {
    const answered = new Map<string, unknown>();
    const ask = async (some: readonly string[]): Promise<void> => {
      try {
        const found = await look.ask(some, region, aws);
        for (const name of some) answered.set(name, found.get(name));
      } catch (error) {
        // Who asked in another request has an answer.
        for (const name of some) answered.set(name, error instanceof Error ? error : new Error(String(error)));
      }
    };
    await Promise.all(portions([...new Set(names)], look.most).map(ask));
    return names.map((name) => answered.get(name));
  };

const portions = (names: readonly string[], most: number): string[][] =>
  most >= names.length
    ? [[...names]]
    : Array.from({ length: Math.ceil(names.length / most) }, (_, at) => names.slice(at * most, (at + 1) * most));
