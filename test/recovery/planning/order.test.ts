import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Timed } from '../../../recovery/model/graph.js';
import { criticalPath, timetable } from '../../../recovery/planning/critical-path.js';
import { graphOrder } from '../../../recovery/planning/graph-order.js';

/** Tasks that need only earlier ones, written in any order. */
const graphs: fc.Arbitrary<readonly Timed[]> = fc
  .array(fc.record({ needs: fc.array(fc.nat(9), { maxLength: 3 }), expectedSeconds: fc.nat(50) }), { minLength: 1, maxLength: 10 })
  .map((drawn) =>
    drawn.map(({ needs, expectedSeconds }, at) => ({
      id: `t${at}`,
      needs: [...new Set(needs.filter((need) => need < at).map((need) => `t${need}`))],
      expectedSeconds,
    })),
  )
  .chain((tasks) => fc.shuffledSubarray(tasks, { minLength: tasks.length }));

/** Every chain of needs that ends with this task, the slow way. */
const chainsTo = (tasks: readonly Timed[], task: Timed): Timed[][] =>
  task.needs.length === 0
    ? [[task]]
    : task.needs.flatMap((need) =>
        chainsTo(
          tasks,
          tasks.find(({ id }) => id === need)!,
        ).map((chain) => [...chain, task]),
      );
const lengthOf = (chain: readonly Timed[]): number => chain.reduce((sum, { expectedSeconds }) => sum + expectedSeconds, 0);

describe('the order of a plan', () => {
  it('has every task once, each after all it needs', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const order = graphOrder(tasks).map(({ id }) => id);
        expect([...order].sort()).toEqual(tasks.map(({ id }) => id).sort());
        for (const { id, needs } of tasks) for (const need of needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(id));
      }),
    );
  });

  it('starts each task the moment the last thing it needs ends', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const slots = timetable(tasks);
        for (const task of tasks) {
          const longest = Math.max(...chainsTo(tasks, task).map(lengthOf));
          expect(slots.get(task.id)).toEqual({ startsAfterSeconds: longest - task.expectedSeconds, endsAfterSeconds: longest });
        }
      }),
    );
  });
});

describe('the critical path', () => {
  it('is a chain of needs from a task that needs nothing, and no other takes longer', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const path = criticalPath(tasks).map((id) => tasks.find((task) => task.id === id)!);
        expect(path[0]?.needs).toEqual([]);
        path.slice(1).forEach(({ needs }, at) => expect(needs).toContain(path[at]?.id));
        expect(lengthOf(path)).toBe(Math.max(...tasks.flatMap((task) => chainsTo(tasks, task)).map(lengthOf)));
      }),
    );
  });

  it('of no task is empty', () => expect(criticalPath([])).toEqual([]));
});
