/** Seeded chance: the same seed gives the same draws, and a label gives a stream of its own, so a new draw elsewhere moves nothing here. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [from, to]. */
  whole(from: number, to: number): number;
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string;
  /** An independent stream named by `label`. */
  stream(label: string): Chance;
}

const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
};

/** Mulberry32: 32 bits of state, enough for durations and identifiers, never for secrets. */
export const seededChance = (seed: number | string): Chance => {
  const root = String(seed);
  let state = hash(root);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    hex: (length) => Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join(''),
    stream: (label) => seededChance(`${root}/${label}`),
  };
};
