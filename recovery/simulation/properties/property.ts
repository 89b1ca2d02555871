import type { Observed } from '../observed.js';

/** What has to hold of every run, whatever goes wrong: judged from what was seen of it, and from nothing of the engine's. */
export interface Property {
  /** Kebab-case, a claim in short. */
  readonly name: string;
  readonly claim: string;
  /** What broke it, in words; undefined: it holds. */
  readonly judge: (seen: Observed) => string | undefined;
}
