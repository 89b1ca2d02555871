import type { Instant } from '../model/time.js';
import type { Clock } from '../ports/clock.js';
import type { Move, Room } from './agenda.js';
import type { Performed } from './perform.js';

/** A move and what came of it; null: nothing, it was given up. */
export interface Made {
  readonly move: Move;
  readonly performed: Performed | null;
}

/** A verb that has not come back by then is given up: its answer, should there be one, is nobody's. The SDK's own timeouts are well below. */
export const callLimitSeconds = 60;

interface UnderWay {
  readonly move: Move;
  readonly givenUpAt: Instant;
  readonly over: Promise<void>;
  performed?: Performed;
  thrown?: { readonly error: unknown };
}

/** The moves that were begun and have not come back. */
export class MovesUnderWay {
  private moves: UnderWay[] = [];
  private starts = 0;
  /** Whoever waits is told of the next that comes back. */
  private cameBack: () => void = () => undefined;

  constructor(private readonly clock: Clock) {}

  get size(): number {
    return this.moves.length;
  }

  /** How many more starts, and looks, there is room for. Looks that hang are nothing that a start has to wait for. */
  room(most: Room): Room {
    return { starts: most.starts - this.starts, looks: most.looks - (this.moves.length - this.starts) };
  }

  add(move: Move, made: Promise<Performed>, givenUpAt: Instant): void {
    const over = made
      .then(
        (performed) => void (one.performed = performed),
        (error: unknown) => void (one.thrown = { error }),
      )
      .then(() => this.cameBack());
    const one: UnderWay = { move, givenUpAt, over };
    this.moves.push(one);
    if (!move.again) this.starts += 1;
  }

  /**
   * Waits for moves to come back: for all of them where time moves only when we sleep, because then none of them takes any; else for the first, or
   * until something else is due. What has come back is given in the order it was begun. @throws what a move threw
   */
  async pass(until: Instant | undefined): Promise<readonly Made[]> {
    if (!this.clock.passesByItself) return this.rest();
    const stop = new AbortController();
    const wake = [until, ...this.moves.map(({ givenUpAt }) => givenUpAt)].flatMap((at) => at ?? []).sort()[0];
    // Not a race of all moves: each would remember every pass it has not come back in.
    const first = new Promise<void>((resolve) => {
      this.cameBack = resolve;
      if (this.moves.some(isBack)) resolve();
    });
    try {
      await Promise.race([first, ...(wake === undefined ? [] : [this.clock.sleepUntil(wake, stop.signal)])]);
    } finally {
      stop.abort();
    }
    return this.taken();
  }

  /** Waits for all of them. @throws what a move threw */
  async rest(): Promise<readonly Made[]> {
    await Promise.all(this.moves.map(({ over }) => over));
    return this.taken();
  }

  private taken(): readonly Made[] {
    const now = this.clock.now();
    const thrown = this.moves.find((one) => one.thrown !== undefined)?.thrown;
    if (thrown) throw thrown.error;
    const isOver = (one: UnderWay): boolean => isBack(one) || (this.clock.passesByItself && one.givenUpAt <= now);
    const over = this.moves.filter(isOver);
    this.moves = this.moves.filter((one) => !isOver(one));
    this.starts = this.moves.filter(({ move }) => !move.again).length;
    return over.map(({ move, performed = null }) => ({ move, performed }));
  }
}

const isBack = ({ performed, thrown }: UnderWay): boolean => performed !== undefined || thrown !== undefined;
