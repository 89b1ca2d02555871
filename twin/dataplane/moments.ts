/** Microseconds since the epoch by the machine's clock, which is what PostgreSQL writes beside every commit; Date.now() has milliseconds only. */
export const machineClock = (): (() => number) => {
  const monotonic = (): number => performance.now() * 1000;
  let offset = 0;
  /** Catches Date.now() at the moment it changes; again, when something came between the two looks. */
  const calibrate = (): void => {
    let best = Infinity;
    for (let tries = 0; tries < 20 && best > 10; tries++) {
      const first = Date.now();
      let [earlier, before, now] = [monotonic(), monotonic(), first];
      for (; now === first; now = Date.now()) [earlier, before] = [before, monotonic()];
      const after = monotonic();
      if (after - earlier >= best) continue;
      best = after - earlier;
      offset = now * 1000 - (earlier + after) / 2;
    }
  };
  calibrate();
  return () => {
    // Somebody has set the machine's clock: nothing else parts the two by milliseconds.
    if (Math.abs((monotonic() + offset) / 1000 - Date.now()) > 2) calibrate();
    return monotonic() + offset;
  };
};

/**
 * When, by the machine's clock, the world came to each of its seconds. A commit carries the machine's time; which instant of the world
 * it belongs to is known from here. To the second, as AWS's restore times are.
 */
export class Moments {
  private readonly seconds: number[] = [];
  private readonly machine: number[] = [];

  constructor(
    began: number,
    readonly now = machineClock(),
  ) {
    this.note(began);
  }

  /** The world has just come to `instant`, milliseconds. */
  note(instant: number): void {
    const second = Math.ceil(instant / 1000);
    if (second <= (this.seconds.at(-1) ?? -Infinity)) return;
    this.seconds.push(second);
    this.machine.push(this.now());
  }

  /** Machine time at which the world left the second of `instant` behind; undefined while it has not. */
  after(instant: number): number | undefined {
    const second = Math.floor(instant / 1000);
    let [from, to] = [0, this.seconds.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.seconds[middle]! > second) to = middle;
      else from = middle + 1;
    }
    return this.machine[from];
  }
}
