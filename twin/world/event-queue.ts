export interface PendingEvent {
  readonly due: number;
  readonly order: number;
  readonly what: string;
  readonly region: string;
  readonly operation: string | undefined;
  readonly run: () => void | Promise<void>;
}

/** Pending events in due order; equal times keep the order they were scheduled in. */
export class EventQueue {
  private pending: PendingEvent[] = [];
  private scheduled = 0;

  add(event: Omit<PendingEvent, 'order'>): void {
    const entry = { ...event, order: this.scheduled++ };
    let [from, to] = [0, this.pending.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.pending[middle]!.due > entry.due) to = middle;
      else from = middle + 1;
    }
    this.pending.splice(from, 0, entry);
  }

  /** Takes out the first event that is due by `until` and may run. */
  take(until: number, mayRun: (event: PendingEvent) => boolean): PendingEvent | undefined {
    const at = this.pending.findIndex((event) => event.due > until || mayRun(event));
    const found = this.pending[at];
    if (!found || found.due > until) return undefined;
    this.pending.splice(at, 1);
    return found;
  }

  /** When the first event that may run is due. */
  nextDue(mayRun: (event: PendingEvent) => boolean): number | undefined {
    return this.pending.find(mayRun)?.due;
  }

  get size(): number {
    return this.pending.length;
  }
}
