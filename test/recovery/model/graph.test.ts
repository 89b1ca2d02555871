import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seededDraws } from '../../../recovery/adapters/seeded-draws.js';
import { ancestorsOf, depthsOf, descendantsOf, everythingBefore, topologicalOrder, type Timed } from '../../../recovery/model/graph.js';
import { ranksOf, type Ranked } from '../../../recovery/model/rank.js';
import { criticalPath, timetable } from '../../../recovery/planning/critical-path.js';
import { graphOrder } from '../../../recovery/planning/graph-order.js';
import { needsThatCount } from '../../../recovery/planning/needs-that-count.js';

/** Tasks that need only earlier ones, written in any order. */
const graphs: fc.Arbitrary<readonly Ranked[]> = fc
  .array(fc.record({ needs: fc.array(fc.nat(11), { maxLength: 4 }), expectedSeconds: fc.nat(5), critical: fc.boolean() }), { minLength: 1, maxLength: 12 })
  .map((drawn) => drawn.map(({ needs, ...rest }, at) => ({ id: `t${at}`, needs: [...new Set(needs.filter((need) => need < at).map((need) => `t${need}`))], ...rest })))
  .chain((tasks) => fc.shuffledSubarray(tasks, { minLength: tasks.length })); // prettier-ignore

const byId = (tasks: readonly Ranked[], id: string): Ranked => tasks.find((task) => task.id === id)!;
/** The slow way. */
const before = (tasks: readonly Ranked[], id: string): Set<string> =>
  new Set(byId(tasks, id).needs.flatMap((need) => [need, ...before(tasks, need)]));
const longestFrom = (tasks: readonly Ranked[], task: Ranked): number =>
  task.expectedSeconds + Math.max(0, ...tasks.filter(({ needs }) => needs.includes(task.id)).map((next) => longestFrom(tasks, next)));
const longestTo = (tasks: readonly Ranked[], { needs }: Ranked): number =>
  Math.max(0, ...needs.map((need) => longestTo(tasks, byId(tasks, need)) + 1));

describe('a graph of tasks', () => {
  it('knows of each what comes before and after it, and how deep it stands', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const [all, depths] = [everythingBefore(tasks), depthsOf(tasks)];
        for (const task of tasks) {
          const earlier = before(tasks, task.id);
          expect(ancestorsOf(tasks, task.id)).toEqual(earlier);
          expect(all.get(task.id)).toEqual(earlier);
          expect(descendantsOf(tasks, task.id)).toEqual(new Set(tasks.map(({ id }) => id).filter((id) => before(tasks, id).has(task.id))));
          expect(depths.get(task.id)).toBe(longestTo(tasks, task));
        }
      }),
    );
  });

  it('has an order with each task after all it needs, and leaves alone what is in order already', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const order = topologicalOrder(tasks);
        const at = new Map(order.map(({ id }, place) => [id, place]));
        expect(at.size).toBe(tasks.length);
        for (const { id, needs } of tasks) for (const need of needs) expect(at.get(need)).toBeLessThan(at.get(id)!);
        expect(topologicalOrder(order)).toEqual(order);
      }),
    );
  });

  it('says of needs only those that no other need comes after', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const counting = needsThatCount(tasks);
        for (const { id, needs } of tasks)
          expect(counting.get(id)).toEqual(needs.filter((need) => !needs.some((other) => before(tasks, other).has(need))));
      }),
    );
  });

  it('is refused as a circle, which is named', () => {
    const circle = [{ id: 'x', needs: ['a'] }, { id: 'a', needs: ['b'] }, { id: 'b', needs: ['c'] }, { id: 'c', needs: ['a'] }]; // prettier-ignore
    for (const look of [topologicalOrder, everythingBefore, depthsOf])
      expect(() => look(circle)).toThrow('a → b → c → a need each other in a circle');
  });
});

describe('the rank of a task', () => {
  it('is its place among all: critical first, then what most hangs on, then as written', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const ranks = ranksOf(tasks);
        const ranked = [...tasks].sort((a, b) => ranks.get(a.id)! - ranks.get(b.id)!);
        expect([...ranks.values()].sort((a, b) => a - b)).toEqual([...tasks.keys()]);
        for (const [place, next] of ranked.slice(1).entries()) {
          const task = ranked[place]!;
          const [mine, theirs] = [longestFrom(tasks, task), longestFrom(tasks, next)];
          if (task.critical !== next.critical) expect(task.critical).toBe(true);
          else if (mine === theirs) expect(tasks.indexOf(task)).toBeLessThan(tasks.indexOf(next));
          else expect(mine).toBeGreaterThan(theirs);
        }
      }),
    );
  });
});

describe('ten thousand tasks', () => {
  const size = 10_000;
  const task = (at: number, needs: readonly number[]): Ranked => ({
    id: `t${at}`,
    needs: needs.map((need) => `t${need}`),
    expectedSeconds: 1 + (at % 7),
    critical: at % 3 > 0,
  });
  const draws = seededDraws(4);
  const shapes: readonly (readonly [string, readonly Ranked[], depth: number])[] = [
    ['in a chain', Array.from({ length: size }, (_, at) => task(at, at ? [at - 1] : [])), size - 1],
    ['beside each other between two', Array.from({ length: size }, (_, at) => task(at, at === size - 1 ? Array.from({ length: size - 2 }, (_one, need) => need + 1) : at ? [0] : [])), 2],
    ['at random', Array.from({ length: size }, (_, at) => task(at, at ? [draws.whole(Math.max(0, at - 200), at - 1), draws.whole(0, at - 1)] : [])), NaN],
    ['written last to first', Array.from({ length: size }, (_, at) => task(at, at < size - 1 ? [at + 1] : [])), size - 1],
  ]; // prettier-ignore

  it.each(shapes)('%s are ordered, ranked and timed in one go each', (_name, tasks, depth) => {
    const began = performance.now();
    const [order, depths, ranks] = [topologicalOrder(tasks), depthsOf(tasks), ranksOf(tasks)];
    const [path, slots, drawn, counting] = [criticalPath(tasks), timetable(tasks), graphOrder<Timed>(tasks), needsThatCount(tasks)];
    const last = order.at(-1)!.id;
    expect(ancestorsOf(tasks, last).size + descendantsOf(tasks, order[0]!.id).size).toBeGreaterThan(0);
    const took = performance.now() - began;
    expect([order, drawn].map((one) => new Set(one.map(({ id }) => id)).size)).toEqual([size, size]);
    expect([depths.size, ranks.size, slots.size, counting.size]).toEqual([size, size, size, size]);
    if (!Number.isNaN(depth)) expect(Math.max(...depths.values())).toBe(depth);
    const expected = new Map(tasks.map(({ id, expectedSeconds }) => [id, expectedSeconds]));
    expect(path.reduce((sum, id) => sum + expected.get(id)!, 0)).toBe(slots.get(path.at(-1)!)?.endsAfterSeconds);
    // Each pass takes some milliseconds; what grows with the square of the size takes minutes.
    expect(took).toBeLessThan(5_000);
  });
});
