import { seededDraws } from '../adapters/seeded-draws.js';

/** What one seed decides; a label gives a stream of its own, so that a new draw elsewhere moves nothing here. */
export interface Drawn {
  /** A whole number in [from, to]. */
  whole(from: number, to: number): number;
  /** True in so many of a hundred cases. */
  percent(share: number): boolean;
  one<const T>(of: readonly [T, ...T[]]): T;
}

export const drawsOf = (seed: number, label: string): Drawn => {
  const draws = seededDraws(mixed(`${seed}/${label}`));
  const whole = (from: number, to: number): number => draws.whole(from, to);
  return {
    whole,
    percent: (share) => whole(1, 100) <= share,
    one: (of) => of[whole(0, of.length - 1)] ?? of[0],
  };
};

/** FNV-1a: neighbouring seeds must not give neighbouring streams. */
const mixed = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
};
