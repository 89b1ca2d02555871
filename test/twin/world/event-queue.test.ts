import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EventQueue } from '../../../twin/world/event-queue.js';

const event = (due: number, what: string) => ({ due, what, region: 'eu-west-1', operation: undefined, run: () => undefined });

test('events come out in due order, and equal times in the order they were scheduled in', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (dues) => {
      const queue = new EventQueue();
      dues.forEach((due, order) => queue.add(event(due, `${due}/${order}`)));
      const out = dues.map(() => queue.take(20, () => true)?.what);
      const expected = dues.map((due, order) => ({ due, order })).sort((one, other) => one.due - other.due || one.order - other.order);
      expect(out).toEqual(expected.map(({ due, order }) => `${due}/${order}`));
      expect(queue.size).toBe(0);
    }),
  );
});

test('what may not run is passed over and stays; what is not due stays', () => {
  const queue = new EventQueue();
  queue.add(event(1, 'lost'));
  queue.add(event(2, 'alive'));
  queue.add(event(9, 'later'));
  const mayRun = ({ what }: { what: string }): boolean => what !== 'lost';
  expect([queue.nextDue(mayRun), queue.take(5, mayRun)?.what, queue.take(5, mayRun), queue.size]).toEqual([2, 'alive', undefined, 2]);
});
