import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { concurrentWrites as lint } from '../../../../recovery/planning/lint/concurrent-writes.js';
import { findsNothingInAmbassify, found, step } from '../../../helpers/linted.js';

const writer = (id: string, ...needs: string[]) => ({ ...step(id, ...needs), writes: ['rds:db/${restore.instance}'] });

describe('two tasks that change one thing', () => {
  findsNothingInAmbassify(lint);

  it('may do so at once', () => {
    expect(found(lint, [writer('a'), writer('b')])).toEqual([
      { tasks: ['a', 'b'], message: 'a, b change rds:db/${restore.instance}, and may do so at once; have one need the other' },
    ]);
  });

  it('may be kept apart by work between them', () => {
    expect(found(lint, [writer('a'), step('between', 'a'), writer('b', 'between')])).toEqual([]);
  });

  it('are those that have no order, where more of them have one', () => {
    expect(found(lint, [writer('a'), writer('b', 'a'), writer('c', 'a')])).toEqual([expect.objectContaining({ tasks: ['b', 'c'] })]);
  });

  it('are found in a random plan exactly where two of them have no order', () => {
    const plans = fc.array(fc.record({ needs: fc.array(fc.nat(9), { maxLength: 3 }), writes: fc.boolean() }), { maxLength: 10 });
    fc.assert(
      fc.property(plans, (drawn) => {
        const tasks = drawn.map(({ needs, writes }, at) => ({
          ...step(`t${at}`, ...new Set(needs.filter((need) => need < at).map((need) => `t${need}`))),
          writes: writes ? ['thing'] : [],
        }));
        const comesAfter = (later: string, earlier: string): boolean =>
          (tasks.find(({ id }) => id === later)?.needs ?? []).some((need) => need === earlier || comesAfter(need, earlier));
        const writers = tasks.filter(({ writes }) => writes.length).map(({ id }) => id);
        const pairs = writers.flatMap((a, at) => writers.slice(at + 1).map((b) => [a, b] as const));
        return found(lint, tasks).length > 0 === pairs.some(([a, b]) => !comesAfter(a, b) && !comesAfter(b, a));
      }),
    );
  });
});
