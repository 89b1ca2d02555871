import type { Plan } from '../model/plan.js';
import { graphOrder } from '../planning/graph-order.js';
import type { TaskTime } from './task-times.js';

/** How a served run came by its time. */
export interface WhatDecided {
  /** First to last: the chain of tasks that decided when customers were served. */
  readonly path: readonly string[];
  /** Seconds by which they would have been served sooner, had this task taken half as long; tasks that would change nothing are left out. */
  readonly savedByHalving: Readonly<Record<string, number>>;
}

/** The run told again with one duration halved: every task begins as long after what it needs as it did. */
export const whatDecided = (plan: Plan, times: ReadonlyMap<string, TaskTime>, proof: string): WhatDecided => {
  const tasks = graphOrder(plan.tasks).filter(({ id }) => times.get(id)?.to !== undefined);
  const timed = new Map(tasks.map(({ id }) => [id, times.get(id) as { from: number; to: number }]));
  const needed = (needs: readonly string[], ends: ReadonlyMap<string, number>): number =>
    Math.max(0, ...needs.map((id) => ends.get(id) ?? 0));
  const actual = new Map([...timed].map(([id, { to }]) => [id, to]));
  const retold = (halved?: string): number => {
    const ends = new Map<string, number>();
    for (const { id, needs } of tasks) {
      const { from, to } = timed.get(id) ?? { from: 0, to: 0 };
      const before = needed(needs, actual);
      const lag = before === 0 ? from : Math.max(0, from - before);
      ends.set(id, needed(needs, ends) + lag + Math.max(0, to - from) / (id === halved ? 2 : 1));
    }
    return ends.get(proof) ?? 0;
  };
  const whole = retold();
  const saved = tasks.map(({ id }) => [id, Math.round((whole - retold(id)) / 1000)] as const).filter(([, seconds]) => seconds > 0);
  const path: string[] = [];
  for (let id: string | undefined = proof; id !== undefined && timed.has(id);) {
    path.unshift(id);
    const needs: readonly string[] = plan.tasks.find((task) => task.id === id)?.needs ?? [];
    id = needs
      .filter((need) => timed.has(need))
      .reduce<string | undefined>(
        (latest, need) => (latest === undefined || (actual.get(need) ?? 0) > (actual.get(latest) ?? 0) ? need : latest),
        undefined,
      );
  }
  return { path, savedByHalving: Object.fromEntries(saved) };
};
