import type { WorldName } from './plan.js';

/** What a duration rests on: recoveries in AWS, rehearsals and drills, or what the step itself assumes. */
export type DurationSource = 'assumption' | 'drill' | 'history';

/** How long a task takes: of 20 runs one is quicker than the earliest, half are slower than the expected, one is slower than the latest. */
export interface TaskDuration {
  readonly earliestSeconds: number;
  readonly expectedSeconds: number;
  readonly latestSeconds: number;
  readonly source: DurationSource;
  /** Runs it was measured in; 0 of an assumption. */
  readonly samples: number;
}

/** One measurement: what was used, how long it took, and in what kind of run. */
export interface Took {
  readonly uses: string;
  readonly seconds: number;
  readonly source: Exclude<DurationSource, 'assumption'>;
  /** The twin takes as long as somebody assumed. */
  readonly world: WorldName;
}
