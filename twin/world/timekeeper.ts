/**
 * Whose time it is.
 *
 * 1. While somebody holds the lease, time moves only when the holder sleeps.
 * 2. While nobody holds it, the world runs in real time at `speed`; at speed 0 it stands still.
 * 3. A lease that is dropped, not released (its holder died), freezes time until somebody takes a lease again.
 */
import type { World } from './world.js';

/** Real milliseconds between two looks at the real clock. */
const tick = 100;

export class ClockHeld extends Error {
  constructor(readonly owner: string) {
    super(`the clock is held by ${owner}`);
  }
}

export class NotYourClock extends Error {
  constructor(lease: string) {
    super(`lease ${lease} does not hold the clock`);
  }
}

export class Timekeeper {
  private held: { readonly lease: string; readonly owner: string } | undefined;
  private frozen = false;
  private leases = 0;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly world: World,
    readonly speed: number,
  ) {}

  get owner(): string | undefined {
    return this.held?.owner;
  }
  get moves(): 'when its owner sleeps' | 'in real time' | 'not at all' {
    if (this.held) return 'when its owner sleeps';
    return this.frozen || this.speed === 0 ? 'not at all' : 'in real time';
  }

  holds(lease: string | undefined): boolean {
    return lease !== undefined && lease === this.held?.lease;
  }

  /** Resolves once time stands still. @throws ClockHeld */
  async take(owner: string): Promise<string> {
    if (this.held) throw new ClockHeld(this.held.owner);
    const lease = this.world.chance.stream(`clock-lease/${++this.leases}`).hex(16);
    this.held = { lease, owner };
    this.frozen = false;
    this.pause();
    await this.running;
    return lease;
  }

  /** The holder is done: the world goes on by itself. @throws NotYourClock */
  release(lease: string): void {
    this.mustHold(lease);
    this.held = undefined;
    this.run();
  }

  /** The holder is gone: the world waits for the next. */
  drop(lease: string): void {
    if (!this.holds(lease)) return;
    this.held = undefined;
    this.frozen = true;
  }

  /** Runs the world until `instant`, stopping at once when the lease is lost on the way. @throws NotYourClock */
  async sleepUntil(lease: string, instant: number): Promise<number> {
    for (;;) {
      this.mustHold(lease);
      const next = Math.min(this.world.nextEventAt() ?? instant, instant);
      await this.world.sleepUntil(next);
      if (next >= instant) return this.world.now();
    }
  }

  /** Lets an unowned world run. */
  run(): void {
    if (this.speed === 0 || this.held || this.frozen) return;
    const from = { world: this.world.now(), real: performance.now() };
    const step = (): void => {
      const instant = Math.floor(from.world + (performance.now() - from.real) * this.speed);
      this.running = this.world.sleepUntil(instant).then(() => {
        if (this.timer) this.timer = setTimeout(step, tick);
      });
    };
    this.timer = setTimeout(step, tick);
  }

  /** Ends real time; what runs at this moment is run to its end. */
  pause(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private mustHold(lease: string): void {
    if (!this.holds(lease)) throw new NotYourClock(lease);
  }
}
