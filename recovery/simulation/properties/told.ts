import type { JournalEntry } from '../../model/journal-entry.js';
import type { Plan, Task } from '../../model/plan.js';

type Of<Kind extends JournalEntry['kind']> = Extract<JournalEntry, { kind: Kind }>;

/** What a journal says of one task so far. */
export interface ToldTask {
  readonly is: 'started' | 'verified' | 'failed' | 'acknowledged' | 'skipped' | 'waived' | 'undone';
  readonly evidence: Of<'verified'>['evidence'];
  readonly decided?: Of<'decided'>;
}

/** Reads a journal entry by entry, apart from the engine's own reading: what judges the engine must not be the engine. */
export class Told {
  readonly tasks = new Map<string, ToldTask>();
  readonly begun = new Set<string>();
  receipt: Of<'receipted'>['receipt'] | null = null;
  authorised = false;

  constructor(private readonly plan: Plan) {}

  hear(entry: JournalEntry): void {
    switch (entry.kind) {
      case 'started':
        this.begun.add(`${entry.task}/${entry.attempt}`);
        this.tasks.set(entry.task, { is: 'started', evidence: [] });
        break;
      case 'verified':
      case 'failed':
        this.tasks.set(entry.task, { is: entry.kind, evidence: entry.evidence });
        break;
      case 'acknowledged':
      case 'undone':
        this.tasks.set(entry.task, { is: entry.kind, evidence: [] });
        break;
      case 'undo-started':
        this.begun.add(`undo/${entry.task}/${entry.attempt}`);
        this.receipt = null;
        break;
      case 'authorised':
        this.authorised = true;
        break;
      case 'receipted':
        this.receipt = entry.receipt;
        break;
      case 'decided':
        this.decided(entry);
    }
  }

  /** Why this task does not count for what comes after it at `at`; undefined: it does. */
  objection({ id, ...task }: Task, at: string): string | undefined {
    const told = this.tasks.get(id);
    if (told?.is === 'verified' || told?.is === 'acknowledged') return undefined;
    if (told?.is === 'skipped') return task.skippable && task.does !== 'gate' ? undefined : `${id} was skipped, and may not be`;
    if (told?.is !== 'waived' || task.does !== 'gate') return `${id} is ${told?.is ?? 'not begun'}`;
    const { by = '', expiresAt = '' } = told.decided ?? {};
    if (!this.plan.succession.includes(by)) return `${id} was waived by ${by}, who has no authority`;
    const broken = told.evidence.filter(({ holds }) => holds !== true && holds !== 'does-not-apply').map(({ check }) => check);
    const never = task.checks.filter(({ uses, waivable }) => !waivable && (broken.length === 0 || broken.includes(uses)));
    if (never.length > 0) return `${id} was waived, and ${never.map(({ uses }) => uses).join(', ')} may not be`;
    return expiresAt > at ? undefined : `the waiver of ${id} expired at ${expiresAt}`;
  }

  private decided(entry: Of<'decided'>): void {
    const { task, decision, again = [] } = entry;
    const evidence = this.tasks.get(task)?.evidence ?? [];
    for (const id of again) this.tasks.delete(id);
    if (decision === 'retry') this.tasks.delete(task);
    if (decision === 'skip') this.tasks.set(task, { is: 'skipped', evidence });
    if (decision === 'waive') this.tasks.set(task, { is: 'waived', evidence, decided: entry });
  }
}

/** The journal as it was told after `sequence` entries. */
export const toldAt = (plan: Plan, entries: readonly JournalEntry[], sequence: number): Told => {
  const told = new Told(plan);
  for (const entry of entries.slice(0, sequence)) told.hear(entry);
  return told;
};
