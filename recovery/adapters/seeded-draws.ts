import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that can be had again: the same seed, the same draws. */
export interface Draws {
  /** A whole number in [from, to]. */
  whole(from: number, to: number): number;
}

export const seededDraws = (seed: number): Draws => {
  const generator = xoroshiro128plus(seed);
  return { whole: (from, to) => uniformInt(generator, from, to) };
};
