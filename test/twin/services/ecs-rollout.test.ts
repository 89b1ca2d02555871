import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextMoves, type Limits, type Weighed } from '../../../twin/services/ecs/rollout.js';

const limits: fc.Arbitrary<Limits> = fc
  .record({
    desired: fc.integer({ min: 0, max: 6 }),
    minimumHealthyPercent: fc.constantFrom(0, 50, 100),
    maximumPercent: fc.constantFrom(150, 200),
  })
  // Where the minimum, rounded up, is the maximum, rounded down, an update can begin nowhere: ECS says so in an event and waits.
  .filter(
    ({ desired, minimumHealthyPercent, maximumPercent }) =>
      desired === 0 || Math.ceil((desired * minimumHealthyPercent) / 100) < Math.floor((desired * maximumPercent) / 100),
  );
const task = (id: string): fc.Arbitrary<Weighed> =>
  fc
    .record({ isCurrent: fc.boolean(), isLeaving: fc.boolean(), isHealthy: fc.boolean(), hasFailed: fc.boolean() })
    .map((drawn) => ({ id, ...drawn, hasFailed: drawn.hasFailed && !drawn.isHealthy }));
const fleet = fc.integer({ min: 0, max: 10 }).chain((size) => fc.tuple(...Array.from({ length: size }, (_, at) => task(`${at}`))));

test('the scheduler never starts more tasks than the maximum, and stops no healthy one of an update below the minimum', () => {
  fc.assert(
    fc.property(fleet, limits, (tasks, limit) => {
      const moves = nextMoves(tasks, limit);
      const maximum = Math.floor((limit.desired * limit.maximumPercent) / 100);
      if (moves.launch > 0) expect(tasks.length + moves.launch).toBeLessThanOrEqual(maximum);
      const isStopped = ({ id }: Weighed): boolean => [...moves.replace, ...moves.retire, ...moves.scaleIn].includes(id);
      const healthy = tasks.filter((one) => one.isHealthy && !one.isLeaving);
      const left = healthy.filter((one) => !isStopped(one)).length;
      const retiresHealthy = healthy.some(({ id }) => moves.retire.includes(id));
      if (retiresHealthy) expect(left).toBeGreaterThanOrEqual(Math.ceil((limit.desired * limit.minimumHealthyPercent) / 100));
    }),
  );
});

test('every rollout whose tasks come up ends steady: the new tasks, all of them, and nothing else', () => {
  fc.assert(
    fc.property(fleet, limits, (drawn, limit) => {
      let tasks: Weighed[] = [...drawn];
      let moves = nextMoves(tasks, limit);
      for (let round = 0, made = 0; round < 40 && !moves.isSteady; round++) {
        const { launch, replace, retire, scaleIn } = moves;
        const stopped = [...replace, ...retire, ...scaleIn];
        tasks = tasks
          .filter((one) => !one.isLeaving)
          .map((one) => (stopped.includes(one.id) ? { ...one, isLeaving: true } : { ...one, isHealthy: !one.hasFailed }));
        for (let at = 0; at < launch; at++) {
          tasks.push({ id: `new-${made++}`, isCurrent: true, isLeaving: false, isHealthy: false, hasFailed: false });
        }
        moves = nextMoves(tasks, limit);
      }
      expect(moves).toMatchObject({ isSteady: true, launch: 0, replace: [], retire: [], scaleIn: [] });
      expect(tasks.filter((one) => !one.isLeaving)).toHaveLength(limit.desired);
    }),
  );
});
