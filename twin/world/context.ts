import type { Chance } from './chance.js';
import type { DurationName } from './durations.js';
import type { Interferences } from './interference.js';
import type { Records, StateKey } from './state.js';
import type { Dataplane } from './dataplane.js';

/** An AWS service that calls by its own right, as resource policies speak of it. */
export interface ServicePrincipal {
  /** `cloudwatch.amazonaws.com` */
  readonly name: string;
  /** What the request says of where it comes from: `aws:SourceArn`, `aws:SourceAccount`. */
  readonly keys: Readonly<Record<string, string>>;
}

/** Who is calling: a client over a door, or a service on the client's behalf. */
export interface Caller {
  readonly principalArn: string;
  /** `client`, or the service that calls on a client's behalf (`cloudformation`, `backup`, `ecs` …). */
  readonly via: string;
  /** The caller owns the world's clock, and so can sleep in its time. */
  readonly ownsClock: boolean;
  /** Present: not the client asks but this service, which may do only what the resource's own policy lets it. */
  readonly service?: ServicePrincipal | undefined;
  /** Present: the service acts as this role, by its ARN, and may do what that may. */
  readonly role?: string | undefined;
}

/** Everything an operation may touch. Bound to one account, one region, one caller and one moment. */
export interface Context {
  readonly account: string;
  readonly region: string;
  readonly caller: Caller;
  readonly chance: Chance;
  readonly dataplane: Dataplane;
  /** `http://127.0.0.1:PORT` of this twin's AWS door. */
  readonly endpoint: string;
  /** The world's time: milliseconds since the epoch. */
  now(): number;
  /** The world's time as a Date, for outputs that carry timestamps. */
  date(): Date;
  /** Runs `event` `seconds` from this moment. A lost region's events wait (for ever, if it never returns). `what` names it in traces. */
  after(seconds: number, what: string, event: (ctx: Context) => void | Promise<void>): void;
  /**
   * Seconds this kind of work takes this time: a seeded draw from the table of assumptions. By moment, counted from the world's first, where
   * real processes may ask for the same in another order or another number of pieces.
   */
  takes(name: DurationName, drawn?: 'by-piece' | 'by-moment'): number;
  state<T>(key: StateKey<T>): T;
  /** The same caller and moment in another region or account. */
  at(place: { region?: string; account?: string }): Context;
  /** The same moment, but `via` acts on the caller's behalf (counted so in the calls ledger), as `role` if it was given one, or by its own right, as `service`. */
  onBehalf(via: string, service?: ServicePrincipal, role?: string): Context;
  /** The same moment; all events scheduled from here on (and from those events) belong to operation `id`, see `completeOperation`. */
  operation(id: string): Context;
  /** The same caller and operation at whatever moment the world is in when used: for callbacks of real processes, which come long after. */
  present(): Context;
  /**
   * Runs the pending events of operation `id` now, in due order, until it `isOver`, or nothing is left of it that is due within a day;
   * the clock does not move. Returns the seconds it would have taken.
   */
  completeOperation(id: string, isOver?: () => boolean): Promise<number>;
  /** Calls another service's operation as a client would; recorded in the calls ledger with this context's `via`. */
  call<Output = Record<string, unknown>>(service: string, operation: string, input: object): Promise<Output>;
  /** Whether the region's control and data planes are there at all. */
  regionIsLost(region: string): boolean;
  /** Why something cannot be placed here now, in AWS's words: asked by services where a lack of capacity would show (`ecs.task`). */
  obstacle(what: string): string | undefined;
  /** For the dispatcher: what goes wrong in this world. */
  readonly interferences: Interferences;
  /** The same moment, with other records: what an eventually consistent read sees. */
  seeing(records: Records): Context;
}
