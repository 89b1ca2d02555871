import type { Plan, Task } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import type { Instant } from '../model/time.js';
import { progressOf } from './fold.js';
import { indexOf } from './plan-index.js';
import { standingOf, type Standing } from './standing.js';

/** How every task counts, and how much of what it needs is missing; each change costs as much as the tasks that need the changed one. */
export class Dependences {
  readonly failed = new Set<string>();
  readonly asked = new Set<string>();
  private readonly waived = new Set<string>();
  private readonly standings = new Map<string, Standing>();
  /** Of what each task needs, how much is not finished with everything before it. */
  private readonly missing = new Map<string, number>();
  private finished = 0;

  constructor(private readonly plan: Plan) {}

  allFinished(): boolean {
    return this.finished === this.plan.tasks.length;
  }

  /** One task has moved on. Gives the tasks that miss nothing any more. */
  update(task: Task, state: RunState, now: Instant): readonly Task[] {
    const before = this.standings.get(task.id);
    const standing = this.classify(task, state, now);
    return standing === 'finished' && before !== 'finished' && this.missing.get(task.id) === 0 ? this.release(task) : [];
  }

  /** Everything anew. Gives the tasks that miss nothing and are not finished. */
  rebuild(state: RunState, now: Instant): readonly Task[] {
    for (const task of this.plan.tasks) {
      this.classify(task, state, now);
      this.missing.set(task.id, task.needs.length);
    }
    return this.plan.tasks.filter(({ needs }) => needs.length === 0).flatMap((task) => this.whenNothingIsMissing(task));
  }

  /** Whether a waiver has begun or ceased to count by itself: time passes, and so does what it mattered for. */
  waiversChanged(state: RunState, now: Instant): boolean {
    const { byId } = indexOf(this.plan);
    return [...this.waived].some((id) => standingOf(this.plan, state, byId.get(id)!, now) !== this.standings.get(id));
  }

  private classify(task: Task, state: RunState, now: Instant): Standing {
    const standing = standingOf(this.plan, state, task, now);
    const { is } = progressOf(state, task.id);
    const counted = (of: Standing | undefined): number => (of === 'finished' ? 1 : 0);
    this.finished += counted(standing) - counted(this.standings.get(task.id));
    this.standings.set(task.id, standing);
    const keep = (set: Set<string>, belongs: boolean): unknown => (belongs ? set.add(task.id) : set.delete(task.id));
    keep(this.failed, standing === 'failed');
    keep(this.asked, is === 'asked');
    keep(this.waived, is === 'waived');
    return standing;
  }

  /** What needs a task that is finished, with everything before it, misses one thing less. */
  private release(task: Task): Task[] {
    const { dependents } = indexOf(this.plan);
    const released: Task[] = [];
    const open = [task];
    for (let next = open.pop(); next; next = open.pop())
      for (const dependent of dependents.get(next.id) ?? []) {
        const missing = (this.missing.get(dependent.id) ?? 0) - 1;
        this.missing.set(dependent.id, missing);
        if (missing > 0) continue;
        if (this.standings.get(dependent.id) === 'finished') open.push(dependent);
        else released.push(dependent);
      }
    return released;
  }

  private whenNothingIsMissing(task: Task): Task[] {
    return this.standings.get(task.id) === 'finished' ? this.release(task) : [task];
  }
}
