import TinyQueue from 'tinyqueue';
import type { Instant } from '../model/time.js';

interface PlannedLook {
  readonly id: string;
  readonly at: Instant;
}

/** When to look at each task next, the soonest first. */
export class PlannedLooks {
  private readonly looks = new TinyQueue<PlannedLook>([], (a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  private readonly planned = new Map<string, Instant>();

  /** The task's only look from now on. */
  plan(id: string, at: Instant): void {
    this.planned.set(id, at);
    this.looks.push({ id, at });
  }

  /** Empty: at once. */
  of(id: string): Instant {
    return this.planned.get(id) ?? '';
  }

  /** The soonest of those that `counts`; what was planned otherwise since, or does not count, is forgotten. */
  first(counts: (id: string) => boolean): PlannedLook | undefined {
    for (let look = this.looks.peek(); look; look = this.looks.peek()) {
      if (this.planned.get(look.id) === look.at && counts(look.id)) return look;
      this.looks.pop();
    }
    return undefined;
  }
}
