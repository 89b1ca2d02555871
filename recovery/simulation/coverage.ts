import type { Plan } from '../model/plan.js';
import type { SeedResult } from './seed-result.js';

/** In how many seeds each task was under way while each fault was in force. */
export interface Coverage {
  readonly hits: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Cells that enough seeds should have hit, and none did. */
  readonly missing: readonly { readonly fault: string; readonly task: string }[];
  /** Cells that no seed can hit, and the rule that says so. */
  readonly impossible: readonly { readonly fault: string; readonly task: string; readonly why: string }[];
  /** Fewer seeds than this say nothing about what they do not hit. */
  readonly enoughSeeds: number;
}

/** Each cell is aimed at by about two in five of the seeds whose turn it is; runs that end before they come to its task miss it. */
const turns = 20;

/**
 * Faults begin at any moment of a run, and as each of its tasks begins: every cell can be hit, but those of a task that no run can come to.
 */
export const coverageOf = (results: readonly SeedResult[], faults: readonly string[], plan: Plan): Coverage => {
  const counts = new Map<string, number>();
  for (const { met } of results) for (const cell of met) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const hit = (fault: string, task: string): number => counts.get(`${fault}/${task}`) ?? 0;
  const tasks = plan.tasks.map(({ id }) => id);
  const ids = new Set(tasks);
  const unreachable = plan.tasks.filter(({ needs }) => needs.some((need) => !ids.has(need))).map(({ id }) => id);
  const enoughSeeds = turns * faults.length * tasks.length;
  const unhit = faults.flatMap((fault) => tasks.filter((task) => hit(fault, task) === 0).map((task) => ({ fault, task })));
  return {
    hits: Object.fromEntries(faults.map((fault) => [fault, Object.fromEntries(tasks.map((task) => [task, hit(fault, task)]))])),
    missing: results.length >= enoughSeeds ? unhit.filter(({ task }) => !unreachable.includes(task)) : [],
    impossible: unhit
      .filter(({ task }) => unreachable.includes(task))
      .map((cell) => ({ ...cell, why: 'it needs a task that the plan does not have' })),
    enoughSeeds,
  };
};
