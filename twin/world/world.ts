/**
 * The world: one clock, one queue, all records.
 *
 * 1. Time moves in `sleepUntil` only, and only one sleep runs at a time; events run one after another, each in full.
 * 2. An event that runs early (by `completeOperation`) schedules from the moment it was due; nothing is ever scheduled in the past.
 * 3. Events of one operation never run side by side: while it is being completed, a sleep leaves them alone.
 * 4. Events of a lost region stay in the queue and do not run.
 * 5. An event that ends in an error of interference runs again later: what AWS does for itself it tries until it succeeds.
 * 6. Between two events the process attends to its sockets and pipes, where it has any, however many events are due.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Caller, Context } from './context.js';
import { seededChance, type Chance } from './chance.js';
import { durations, type Durations } from './durations.js';
import type { Dataplane } from './dataplane.js';
import { EventQueue, type PendingEvent } from './event-queue.js';
import { Interferences } from './interference.js';
import { Records } from './state.js';

export interface WorldOptions {
  readonly seed: number | string;
  /** Milliseconds since the epoch at which the world begins. */
  readonly startsAt: number;
  readonly dataplane: Dataplane;
  readonly endpoint: string;
  /** Known better than the table of assumptions has them. */
  readonly durations?: Durations;
  /** Calls `service.operation` as the context's caller; set by the doors' dispatcher. */
  readonly dispatch: (service: string, operation: string, input: object, ctx: Context) => Promise<unknown>;
  /** Told of an event that threw: a bug in the twin, never part of the world. */
  readonly onEventError: (what: string, error: unknown) => void;
  /** Done between two events; by default the process attends to its sockets and pipes. A world that has neither has no need to. */
  readonly attend?: () => Promise<unknown>;
}

/** Longest that a completed operation looks ahead: what has not ended in a day of the world is not on its way any more. Milliseconds. */
const longestOperation = 24 * 3_600_000;

/** Seconds until AWS tries again what failed on its own side: an assumption. */
const againAfter = 30;

interface Moment {
  readonly at: number | undefined;
  readonly operation: string | undefined;
}

export class World {
  readonly records = new Records();
  readonly interferences = new Interferences(() => this.time);
  readonly chance: Chance;
  private readonly queue = new EventQueue();
  private readonly lost = new Set<string>();
  private readonly draws = new Map<string, number>();
  private readonly attend: () => Promise<unknown>;
  private time: number;
  private turn: Promise<unknown> = Promise.resolve();
  /** The event that a sleep is running. */
  private running: { readonly operation: string | undefined; readonly ended: Promise<void> } | undefined;
  /** Operations being completed. */
  private readonly completing = new Map<string, Promise<number>>();

  constructor(private readonly options: WorldOptions) {
    this.chance = seededChance(options.seed);
    this.time = options.startsAt;
    this.attend = options.attend ?? nextTurn;
  }

  /** Milliseconds since the world began: the same on whatever day it is said to have. */
  age(at = this.time): number {
    return at - this.options.startsAt;
  }

  now(): number {
    return this.time;
  }

  /** Seconds from now, wherever it happens: no region's loss keeps it from happening. */
  laterOutsideRegions(seconds: number, what: string, run: () => Promise<void>): void {
    this.queue.add({ due: this.time + Math.round(seconds * 1000), what, region: '', operation: undefined, run });
  }

  get pendingEvents(): number {
    return this.queue.size;
  }

  get lostRegions(): readonly string[] {
    return [...this.lost].sort();
  }

  regionIsLost(region: string): boolean {
    return this.lost.has(region);
  }

  get dataplane(): Dataplane {
    return this.options.dataplane;
  }

  async loseRegion(region: string): Promise<void> {
    this.lost.add(region);
    await this.options.dataplane.loseRegion(region);
  }

  /** Events of the region that were due meanwhile run when time moves next, as of that moment. */
  async returnRegion(region: string): Promise<void> {
    await this.options.dataplane.returnRegion(region);
    this.lost.delete(region);
  }

  /** Runs every event due until `instant`, then stands at `instant`. Never moves back. */
  sleepUntil(instant: number): Promise<number> {
    return this.alone(async () => {
      for (let event = this.next(instant); event; event = this.next(instant)) {
        this.moveTo(event.due);
        if (!this.mayHappen(event)) continue;
        this.running = { operation: event.operation, ended: this.runEvent(event) };
        await this.running.ended;
        this.running = undefined;
      }
      this.moveTo(instant);
      return this.time;
    });
  }

  nextEventAt(): number | undefined {
    return this.queue.nextDue((event) => this.mayRun(event));
  }

  context(place: { account: string; region: string; caller: Caller }): Context {
    return this.contextAt(place, { at: undefined, operation: undefined });
  }

  private nth(kind: string): number {
    const nth = (this.draws.get(kind) ?? 0) + 1;
    this.draws.set(kind, nth);
    return nth;
  }

  private next(until: number): PendingEvent | undefined {
    return this.queue.take(until, (event) => this.mayRun(event));
  }

  private mayRun({ region, operation }: PendingEvent): boolean {
    return !this.lost.has(region) && !(operation !== undefined && this.completing.has(operation));
  }

  /** Asks the interferences about an event that was taken from the queue; one that is put off goes back. */
  private mayHappen(event: PendingEvent): boolean {
    const fate = this.interferences.fateOf(event, Math.max(event.due, this.time));
    if (typeof fate === 'object') this.putOff(event, fate.inSeconds);
    return fate === 'runs';
  }

  private putOff(event: PendingEvent, seconds: number): void {
    this.queue.add({ ...event, due: Math.max(event.due, this.time) + Math.max(1, Math.ceil(seconds)) * 1000 });
  }

  private moveTo(instant: number): void {
    if (instant <= this.time) return;
    this.time = instant;
    this.options.dataplane.tellTime(instant);
  }

  private async runEvent(event: PendingEvent): Promise<void> {
    try {
      await event.run();
    } catch (error) {
      if (this.interferences.threw(error)) this.putOff(event, againAfter);
      else this.options.onEventError(event.what, error);
    }
    await this.attend();
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work, work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private completeOperation(operation: string, isOver: () => boolean): Promise<number> {
    const underWay = this.completing.get(operation);
    if (underWay) return underWay;
    const completed = this.runAhead(operation, isOver).finally(() => this.completing.delete(operation));
    this.completing.set(operation, completed);
    return completed;
  }

  private async runAhead(operation: string, isOver: () => boolean): Promise<number> {
    if (this.running?.operation === operation) await this.running.ended;
    const began = this.time;
    let last = began;
    const next = (): PendingEvent | undefined =>
      this.queue.take(began + longestOperation, (event) => event.operation === operation && !this.lost.has(event.region));
    while (!isOver()) {
      const event = next();
      if (!event) break;
      if (!this.mayHappen(event)) continue;
      last = Math.max(last, event.due);
      await this.runEvent(event);
    }
    return (last - began) / 1000;
  }

  private contextAt(place: { account: string; region: string; caller: Caller }, moment: Moment, records = this.records): Context {
    const { account, region, caller } = place;
    const at = (): number => Math.max(moment.at ?? this.time, this.time);
    const same = (changes: Partial<typeof place>, then: Partial<Moment> = {}): Context =>
      this.contextAt({ ...place, ...changes }, { ...moment, ...then }, records);
    const ctx: Context = {
      account,
      region,
      caller,
      chance: this.chance,
      dataplane: this.options.dataplane,
      endpoint: this.options.endpoint,
      now: () => this.time,
      date: () => new Date(this.time),
      after: (seconds, what, event) => {
        const due = Math.round(at() + seconds * 1000);
        this.queue.add({ due, what, region, operation: moment.operation, run: () => event(same({}, { at: due })) });
      },
      takes: (name, drawn = 'by-piece') => {
        const { least, most } = this.options.durations?.[name] ?? durations[name];
        // Counted by place and kind: what happens elsewhere, or in which order, moves no draw here.
        const kind = `${account}/${region}/${name}`;
        const piece = drawn === 'by-moment' ? `at ${this.age(at())}` : this.nth(kind);
        return Math.round(least + this.chance.stream(`${kind}/${piece}`).next() * (most - least));
      },
      state: (key) => records.of(key, account, region),
      at: (elsewhere) => same(elsewhere),
      onBehalf: (via, service, role) => same({ caller: { ...caller, via, service, role } }),
      operation: (id) => same({}, { operation: id }),
      present: () => same({}, { at: undefined }),
      completeOperation: (id, isOver = () => false) => this.completeOperation(id, isOver),
      call: <Output>(service: string, operation: string, input: object) =>
        this.options.dispatch(service, operation, input, ctx) as Promise<Output>,
      regionIsLost: (name) => this.lost.has(name),
      obstacle: (what) => this.interferences.obstacle(what, ctx),
      interferences: this.interferences,
      seeing: (others) => this.contextAt(place, moment, others),
    };
    return ctx;
  }
}
