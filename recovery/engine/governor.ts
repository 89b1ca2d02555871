/**
 * Keeps us within what AWS lets an account do: a token bucket for each account, region, service and class of calls.
 *
 * 1. A task that changes something is let go only with a token of its service's writes; tasks ask in their rank's order, so that what is critical
 *    never waits behind what is not.
 * 2. Other calls are not held back one by one: they are taken off the bucket, and while it is empty nobody is let look.
 * 3. A throttled call empties its bucket, cuts the rate down and holds until AWS's Retry-After, if it gave one; each call that was answered
 *    adds a little to the rate again, up to its ceiling.
 */

/** What a bucket begins with. AWS publishes few of these: the rest are assumptions that the answers correct. */
export interface Limit {
  /** Calls that may go at once after a rest. */
  readonly burst: number;
  readonly perSecond: number;
  /** The rate never grows beyond. */
  readonly mostPerSecond: number;
}

/** One class of calls to one service in one region. */
export interface CallClass {
  readonly service: string;
  readonly region: string;
  readonly class: 'read' | 'write';
}

export type LimitOf = (calls: CallClass) => Limit;

/** A token that is short of this much is whole: what is left over from adding up parts of one. */
const rounding = 1e-9;
/** Of the rate, after a throttled call. */
const cut = 0.7;
/** Of the rate it began with, added for each answered call. */
const growth = 0.02;
const leastPerSecond = 0.1;

interface Bucket {
  readonly limit: Limit;
  perSecond: number;
  tokens: number;
  /** Milliseconds since the epoch of `tokens`. */
  at: number;
  closedUntil: number;
}

export class Governor {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly limitOf: LimitOf) {}

  /** Takes a token, if there is one. Times are milliseconds since the epoch. */
  take(calls: CallClass, now: number): boolean {
    if (!this.isOpen(calls, now)) return false;
    this.bucket(calls, now).tokens -= 1;
    return true;
  }

  /** Gives back what was taken and not used. */
  giveBack(calls: CallClass, now: number): void {
    const bucket = this.bucket(calls, now);
    bucket.tokens = Math.min(bucket.limit.burst, bucket.tokens + 1);
  }

  /** A call that goes out whether or not there is a token. */
  spend(calls: CallClass, now: number): void {
    this.bucket(calls, now).tokens -= 1;
  }

  isOpen(calls: CallClass, now: number): boolean {
    const bucket = this.bucket(calls, now);
    return bucket.closedUntil <= now && bucket.tokens >= 1 - rounding;
  }

  /** When there will be a token. */
  opensAt(calls: CallClass, now: number): number {
    const bucket = this.bucket(calls, now);
    const missing = Math.max(0, 1 - rounding - bucket.tokens);
    return Math.max(bucket.closedUntil, now + Math.ceil((missing / bucket.perSecond) * 1000));
  }

  answered(calls: CallClass, now: number): void {
    const bucket = this.bucket(calls, now);
    bucket.perSecond = Math.min(bucket.limit.mostPerSecond, bucket.perSecond + growth * bucket.limit.perSecond);
  }

  throttled(calls: CallClass, now: number, retryAfterSeconds = 0): void {
    const bucket = this.bucket(calls, now);
    bucket.perSecond = Math.max(leastPerSecond, bucket.perSecond * cut);
    bucket.tokens = Math.min(bucket.tokens, 0);
    bucket.closedUntil = Math.max(bucket.closedUntil, now + retryAfterSeconds * 1000);
  }

  private bucket(calls: CallClass, now: number): Bucket {
    const key = `${calls.service}/${calls.region}/${calls.class}`;
    const found = this.buckets.get(key) ?? this.fresh(calls, now);
    this.buckets.set(key, found);
    found.tokens = Math.min(found.limit.burst, found.tokens + (Math.max(0, now - found.at) / 1000) * found.perSecond);
    found.at = Math.max(found.at, now);
    return found;
  }

  private fresh(calls: CallClass, now: number): Bucket {
    const limit = this.limitOf(calls);
    return { limit, perSecond: limit.perSecond, tokens: limit.burst, at: now, closedUntil: 0 };
  }
}
