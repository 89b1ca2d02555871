import { describe, expect, it } from '@jest/globals';
import { limitsBeyondRto as lint } from '../../../../recovery/planning/lint/limits-beyond-rto.js';
import { ask, findsNothingInAmbassify, found, step } from '../../../helpers/linted.js';

const objective = { rtoSeconds: 3600, rpoSeconds: 3600, mtdSeconds: 7200 };
const lasting = (seconds: number, task: ReturnType<typeof step>) => ({ ...task, limitSeconds: seconds });

describe('limits that sum beyond the recovery time objective', () => {
  findsNothingInAmbassify(lint);

  it('are those of the longest chain, with what is too much and where most of it is', () => {
    const tasks = [lasting(2400, step('a')), lasting(1500, step('b', 'a')), lasting(60, step('c', 'b')), lasting(3000, step('other'))];
    expect(found(lint, tasks, { objective })).toEqual([
      {
        tasks: ['a', 'b', 'c'],
        message:
          'one after another, a, b, c may take 1 h 06 min 00 s, 6 min 00 s more than the objective of 1 h 00 min 00 s; ' +
          'lower the longest limits (a 40 min 00 s, b 25 min 00 s, c 1 min 00 s), or take tasks out of this chain',
      },
    ]);
  });

  it('may reach it to the second', () => {
    expect(found(lint, [lasting(2400, step('a')), lasting(1200, step('b', 'a'))], { objective })).toEqual([]);
  });

  it('count people where work waits for them', () => {
    expect(found(lint, [lasting(4000, ask('told'))], { objective })).toEqual([]);
    expect(found(lint, [lasting(4000, ask('asked')), lasting(1, step('b', 'asked'))], { objective })).toHaveLength(1);
  });
});
