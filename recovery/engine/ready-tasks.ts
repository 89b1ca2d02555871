import TinyQueue from 'tinyqueue';
import type { Plan, Task } from '../model/plan.js';
import { milliseconds, type Instant } from '../model/time.js';
import { keyOf } from './call-class.js';
import type { CallClass, Governor } from './governor.js';
import { indexOf } from './plan-index.js';

interface Queue {
  /** What its tasks call first to change something; null: nothing. */
  readonly calls: CallClass | null;
  readonly tasks: TinyQueue<Task>;
}

/** Tasks that may start, by what they compete for, lowest rank first. */
export class ReadyTasks {
  private readonly queues = new Map<string, Queue>();
  private readonly people: Task[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly governor: Governor,
  ) {}

  add(task: Task): void {
    if (task.does === 'ask') this.people.push(task);
    else this.queueOf(task).tasks.push(task);
  }

  clear(): void {
    this.queues.clear();
    this.people.length = 0;
  }

  /** Takes all tasks for people. */
  takeAsks(): Task[] {
    return this.people.splice(0);
  }

  /** Takes what the governor lets go now, `most` at most. */
  take(now: Instant, most: number): { readonly task: Task; readonly calls: CallClass | null }[] {
    const taken: { task: Task; calls: CallClass | null }[] = [];
    for (const { calls, tasks } of this.queues.values())
      for (let task = tasks.peek(); task && taken.length < most; task = tasks.peek()) {
        if (calls && !this.governor.take(calls, milliseconds(now))) break;
        tasks.pop();
        taken.push({ task, calls });
      }
    return taken;
  }

  /** Takes the tasks that `are`, wherever they stand. */
  takeOut(are: (task: Task) => boolean): Task[] {
    const out: Task[] = [];
    for (const { tasks } of this.queues.values()) {
      const all = Array.from({ length: tasks.length }, () => tasks.pop()).flatMap((task) => task ?? []);
      for (const task of all)
        if (are(task)) out.push(task);
        else tasks.push(task);
    }
    return out;
  }

  /** When the governor lets the next one go; undefined: none waits for that. Milliseconds since the epoch. */
  opensAt(now: Instant): number | undefined {
    const waiting = [...this.queues.values()].filter(({ calls, tasks }) => calls && tasks.length > 0);
    const opens = waiting.flatMap(({ calls }) => (calls ? this.governor.opensAt(calls, milliseconds(now)) : []));
    return opens.length > 0 ? Math.min(...opens) : undefined;
  }

  private queueOf(task: Task): Queue {
    const { ranks, writes } = indexOf(this.plan);
    const calls = writes.get(task.id) ?? null;
    const key = calls ? keyOf(calls) : 'free';
    const rank = ({ id }: Task): number => ranks.get(id) ?? 0;
    const queue = this.queues.get(key) ?? { calls, tasks: new TinyQueue<Task>([], (a, b) => rank(a) - rank(b)) };
    this.queues.set(key, queue);
    return queue;
  }
}
