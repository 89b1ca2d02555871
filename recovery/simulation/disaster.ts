import { drawsOf } from './draws.js';
import { faultsOf, type DrawnFault, type Places } from './drawn-faults.js';
import type { Lateness } from './standing/web-site.js';

/** Where the orchestrator is killed: at so many appends to the journal or calls of AWS, counted over the whole run. */
export interface Crash {
  readonly around: 'entry' | 'call';
  readonly when: 'before' | 'after';
  readonly nth: number;
  /** Until somebody resumes. */
  readonly resumedAfterSeconds: number;
}

/** How people answer; null: nobody does. */
export interface Responses {
  readonly acknowledgesAfterSeconds: number | null;
  readonly authorisesAfterSeconds: number | null;
  /** From a hold to its decision. */
  readonly decidesAfterSeconds: readonly [number, number];
  /** How often somebody decides before the run is left held. */
  readonly decisions: number;
}

/** One day that goes wrong: everything about it that is chance, drawn from one seed. */
export interface Disaster {
  readonly seed: number;
  /** Whether the newest backup had arrived in the other region. */
  readonly copied: boolean;
  readonly secondsBetweenWrites: number;
  readonly disruptedAfterCopySeconds: number;
  readonly detectedAfterSeconds: number;
  readonly activatedAfterSeconds: number;
  readonly faults: readonly DrawnFault[];
  readonly lateness: Lateness;
  readonly people: Responses;
  readonly crashes: readonly Crash[];
  /** A second orchestrator starts at this call of the first; null: there is none. */
  readonly rivalAtCall: number | null;
}

export interface DisasterOptions {
  /** Faults to draw from, by name. */
  readonly faults: readonly string[];
  /** Each seed has one of them, whatever it draws. */
  readonly atLeastOne: boolean;
  readonly crashes: boolean;
}

export const disasterOf = (seed: number, places: Places, tasks: readonly string[], options: DisasterOptions): Disaster => {
  const day = drawsOf(seed, 'day');
  const dns = drawsOf(seed, 'dns');
  const authoritative = dns.whole(10, 60);
  return {
    seed,
    copied: day.percent(97),
    secondsBetweenWrites: day.whole(5, 60),
    disruptedAfterCopySeconds: day.whole(120, 3000),
    detectedAfterSeconds: day.whole(60, 300),
    activatedAfterSeconds: day.whole(300, 1200),
    faults: faultsOf(drawsOf(seed, 'faults'), places, { names: options.faults, tasks, atLeastOne: options.atLeastOne, seed }),
    lateness: { authoritative, honest: authoritative + dns.whole(0, 60), overHolding: 3600 },
    people: responsesOf(seed),
    ...(options.crashes ? mishapsOf(seed) : { crashes: [], rivalAtCall: null }),
  };
};

const responsesOf = (seed: number): Responses => {
  const draws = drawsOf(seed, 'people');
  return {
    acknowledgesAfterSeconds: draws.percent(95) ? draws.whole(30, 5400) : null,
    authorisesAfterSeconds: draws.percent(97) ? draws.whole(0, draws.percent(80) ? 600 : 7200) : null,
    decidesAfterSeconds: [60, draws.whole(120, 3600)],
    decisions: draws.whole(1, 8),
  };
};

/** In three of ten runs the orchestrator is killed, up to three times; in one of twenty somebody starts a second one. */
const mishapsOf = (seed: number): Pick<Disaster, 'crashes' | 'rivalAtCall'> => {
  const draws = drawsOf(seed, 'mishaps');
  const crashes = draws.percent(30)
    ? Array.from({ length: draws.whole(1, 3) }, (): Crash => {
        const around = draws.one(['entry', 'call']);
        const nth = around === 'entry' ? draws.whole(1, 110) : draws.whole(1, 500);
        return { around, when: draws.one(['before', 'after']), nth, resumedAfterSeconds: draws.percent(50) ? 0 : draws.whole(1, 900) };
      })
    : [];
  return { crashes, rivalAtCall: draws.percent(5) ? draws.whole(1, 400) : null };
};
