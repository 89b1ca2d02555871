import type { Aws } from '../ports/aws.js';

/** A kind of thing that tasks look at while they wait: one request answers all that ask for one of it at the same moment, in one region. */
export interface Look<Found> {
  /** `rds:db` */
  readonly of: string;
  /** Most that one request can ask for by name. */
  readonly most: number;
  /** What was found once never changes: it is asked for once in the life of a process. */
  readonly stays?: boolean;
  /** What was found, by name; what is not there is left out. Names are asked for once each. */
  ask(names: readonly string[], region: string, aws: Aws): Promise<ReadonlyMap<string, Found>>;
}
