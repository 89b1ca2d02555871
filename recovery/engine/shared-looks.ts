import DataLoader from 'dataloader';
import type { Look } from '../kit/look.js';
import type { Aws } from '../ports/aws.js';

/** Looks at one thing; undefined: it is not there. */
export type LookAt = <Found>(look: Look<Found>, region: string, name: string) => Promise<Found | undefined>;

/**
 * Brings looks together: whatever is asked in one turn of the event loop goes out as one request for each `most` names, and a request that fails,
 * fails for those alone that it was for. Nothing is remembered: who looks again asks AWS again.
 */
export const sharedLooks = (aws: Aws): LookAt => {
  const loaders = new Map<string, DataLoader<string, unknown>>();
  const loaderOf = (look: Look<unknown>, region: string): DataLoader<string, unknown> => {
    const key = `${look.of} in ${region}`;
    const loader = loaders.get(key) ?? new DataLoader(answers(look, region, aws), { cache: false });
    loaders.set(key, loader);
    return loader;
  };
  return async <Found>(look: Look<Found>, region: string, name: string) => (await loaderOf(look, region).load(name)) as Found | undefined;
};

const answers =
  (look: Look<unknown>, region: string, aws: Aws) =>
  async (names: readonly string[]): Promise<unknown[]> => {
    const found = new Map<string, unknown>();
    const ask = async (page: readonly string[]): Promise<void> => {
      try {
        for (const [name, one] of await look.ask(page, region, aws)) found.set(name, one);
      } catch (error) {
        for (const name of page) found.set(name, error);
      }
    };
    await Promise.all(pagesOf([...new Set(names)], look.most).map(ask));
    return names.map((name) => found.get(name));
  };

const pagesOf = (names: readonly string[], most: number): string[][] =>
  Array.from({ length: Math.ceil(names.length / most) }, (_, page) => names.slice(page * most, (page + 1) * most));
