import type { Happening, JournalEntry } from '../model/journal-entry.js';
import { later, type Instant } from '../model/time.js';
import type { Acknowledgement, Authority, People } from '../ports/people.js';
import type { Responses } from './disaster.js';

/** People as a seed has them: they answer when they answer, or never. Kept outside any orchestrator, as people are. */
export class SimulatedPeople implements People, Authority {
  private readonly waiting = new Map<string, { readonly owner: string; readonly from: Instant }>();

  constructor(
    private readonly responses: Responses,
    private readonly activatedAt: Instant,
    private readonly succession: readonly string[],
  ) {}

  /** Nobody has a simulated run stand still. */
  async pause(): Promise<null> {
    return null;
  }

  /** Sees the journal as it grows. */
  note(entry: Happening & Pick<JournalEntry, 'at'>): void {
    if (entry.kind === 'asked') this.waiting.set(entry.task, { owner: entry.owner, from: entry.at });
    if (entry.kind === 'acknowledged') this.waiting.delete(entry.task);
  }

  /** When somebody says yes; null: never. */
  get authorisesAt(): Instant | null {
    const { authorisesAfterSeconds: after } = this.responses;
    return after === null ? null : later(this.activatedAt, after);
  }

  acknowledgesAt(task: string): Instant | null {
    const asked = this.waiting.get(task);
    const { acknowledgesAfterSeconds: after } = this.responses;
    return asked && after !== null ? later(asked.from, after) : null;
  }

  async ask(): Promise<void> {
    // The journal says it.
  }

  async answers(at: Instant): Promise<readonly Acknowledgement[]> {
    const found: Acknowledgement[] = [];
    for (const [task, { owner }] of this.waiting)
      if ((this.acknowledgesAt(task) ?? '9') <= at) found.push({ task, by: owner, note: 'simulated', source: 'simulation' });
    return found;
  }

  async authorise({ at }: { at: Instant }): ReturnType<Authority['authorise']> {
    const by = this.succession[0] ?? 'nobody';
    return (this.authorisesAt ?? '9') <= at ? { by, reason: 'simulated', source: 'simulation' } : null;
  }
}
