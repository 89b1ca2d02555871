import { later, type Instant } from '../model/time.js';
import type { Clock } from '../ports/clock.js';
import type { Move } from './agenda.js';
import type { Performed } from './perform.js';

/** A move and what came of it. */
export interface Made {
  readonly move: Move;
  readonly performed: Performed;
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

  constructor(private readonly clock: Clock) {}

  get size(): number {
    return this.moves.length;
  }

  add(move: Move, made: Promise<Performed>): void {
    const over = made.then(
      (performed) => void (one.performed = performed),
      (error: unknown) => void (one.thrown = { error }),
    );
    const one: UnderWay = { move, givenUpAt: later(this.clock.now(), callLimitSeconds), over };
    this.moves.push(one);
  }

  /**
   * Waits for moves to come back: for all of them where time moves only when we sleep, because then none of them takes any; else for the first, or
   * until something else is due. What has come back is given in the order it was begun. @throws what a move threw
   */
  async pass(until: Instant | undefined): Promise<readonly Made[]> {
    if (!this.clock.passesByItself) return this.rest();
    const stop = new AbortController();
    const wake = [until, ...this.moves.map(({ givenUpAt }) => givenUpAt)].flatMap((at) => at ?? []).sort()[0];
    const slept = wake === undefined ? [] : [this.clock.sleepUntil(wake, stop.signal)];
    try {
      await Promise.race([...this.moves.map(({ over }) => over), ...slept]);
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
    const isBack = ({ performed, givenUpAt }: UnderWay): boolean => performed !== undefined || givenUpAt <= now;
    const back = this.moves.filter(isBack);
    this.moves = this.moves.filter((one) => !isBack(one));
    const unanswered: Performed = { entry: null, progress: `no answer within ${callLimitSeconds} s; looking again` };
    return back.map(({ move, performed }) => ({ move, performed: performed ?? unanswered }));
  }
}
