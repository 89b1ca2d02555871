/**
 * Interference: the hooks by which something goes wrong in the world. The dispatcher and the event queue ask; services know nothing of it.
 *
 * 1. An interference bites while it is active: from the moment it is added until its end, or for ever.
 * 2. What has come of it stays: a job that failed has failed, an event that was dropped never runs.
 */
import type { RecordedCall } from './calls.js';
import type { Context } from './context.js';
import type { PendingEvent } from './event-queue.js';
import type { Records } from './state.js';

/** A call on its way to the operation that answers it. */
export interface InterferedCall extends Pick<RecordedCall, 'service' | 'operation' | 'plane' | 'controlPlaneRegion'> {
  readonly input: object;
  /** Who asks, and where. */
  readonly ctx: Context;
}
export type PlannedEvent = Pick<PendingEvent, 'what' | 'region' | 'operation'>;
/** What becomes of an event that is due: whole seconds are counted from then, one at the least. */
export type Fate = 'runs' | 'never' | { readonly inSeconds: number };

/** Every hook is optional; what several of them say, the first decides. */
export interface Interference {
  /** Before the operation: may throw what AWS would answer, or let the world's time pass for a caller who owns the clock. */
  call?(call: InterferedCall): void | Promise<void>;
  /** The records that the operation is to see instead of the present ones. */
  sees?(call: InterferedCall): Records | undefined;
  /** After it: another answer, or an error thrown. */
  answer?(call: InterferedCall, output: unknown): unknown;
  /** `at` is the moment the event would happen at: ahead of the world's time while an operation is completed early. */
  event?(event: PlannedEvent, at: number): Fate;
  /** Why something cannot be placed now, in AWS's words; `what` is one of the names that services ask by (`ecs.task`). */
  obstacle?(what: string, ctx: Context): string | undefined;
}

/** What is told of an interference, while it lasts and after. */
export interface Interfering {
  readonly name: string;
  readonly region: string;
  readonly with: Readonly<Record<string, unknown>>;
  /** World time, milliseconds since the epoch. */
  readonly at: number;
  /** Undefined: no end is in sight. */
  readonly until: number | undefined;
}

const none: readonly Interference[] = [];

/** All interference of one world. */
export class Interferences {
  private readonly thrown = new WeakSet<object>();
  private readonly added: { told: Interfering; readonly hooks: Interference }[] = [];

  constructor(private readonly now: () => number) {}

  add(told: Interfering, hooks: Interference): Interfering {
    this.added.push({ told, hooks });
    return told;
  }

  /** Ends whatever goes by that name in the region now. */
  end(name: string, region: string): void {
    for (const one of this.added)
      if (one.told.name === name && one.told.region === region && this.isActive(one.told)) one.told = { ...one.told, until: this.now() };
  }

  isActive({ until }: Interfering, at = this.now()): boolean {
    return until === undefined || at < until;
  }

  /** Every one there was, in order. */
  get history(): readonly Interfering[] {
    return this.added.map(({ told }) => told);
  }

  async before(call: InterferedCall): Promise<void> {
    for (const hooks of this.active()) await this.watched(() => hooks.call?.(call));
  }

  seenBy(call: InterferedCall): Context {
    for (const hooks of this.active()) {
      const records = hooks.sees?.(call);
      if (records) return call.ctx.seeing(records);
    }
    return call.ctx;
  }

  async after(call: InterferedCall, output: unknown): Promise<unknown> {
    let answer = output;
    for (const hooks of this.active()) if (hooks.answer) answer = await this.watched(() => hooks.answer?.(call, answer));
    return answer;
  }

  /** Whether an error came of interference, and not of the twin. */
  threw(error: unknown): boolean {
    return this.thrown.has(error as object);
  }

  fateOf(event: PlannedEvent, at: number): Fate {
    for (const hooks of this.active(at)) {
      const fate = hooks.event?.(event, at) ?? 'runs';
      if (fate !== 'runs') return fate;
    }
    return 'runs';
  }

  obstacle(what: string, ctx: Context): string | undefined {
    for (const hooks of this.active()) {
      const reason = hooks.obstacle?.(what, ctx);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  private async watched<T>(hook: () => T): Promise<Awaited<T>> {
    try {
      return await hook();
    } catch (error) {
      this.thrown.add(error as object);
      throw error;
    }
  }

  private active(at = this.now()): readonly Interference[] {
    if (this.added.length === 0) return none;
    return this.added.filter(({ told }) => this.isActive(told, at)).map(({ hooks }) => hooks);
  }
}
