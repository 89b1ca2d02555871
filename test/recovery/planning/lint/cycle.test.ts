import { describe, expect, it } from '@jest/globals';
import { cycle } from '../../../../recovery/planning/lint/cycle.js';
import { findsNothingInAmbassify, found, step } from '../../../helpers/linted.js';

describe('tasks in a circle', () => {
  findsNothingInAmbassify(cycle);

  it('are named, each before the one that needs it, without those that only wait for them', () => {
    expect(found(cycle, [step('a', 'c'), step('b', 'a'), step('c', 'b'), step('d', 'c')])).toEqual([
      { tasks: ['b', 'c', 'a'], message: 'b, c, a need each other in a circle; remove a need of one of them' },
    ]);
  });

  it('may be one that needs itself', () => {
    expect(found(cycle, [step('a', 'a')])).toEqual([{ tasks: ['a'], message: 'a needs itself; remove this need' }]);
  });

  it('are told of once for each knot, also where one knot waits for another', () => {
    const tasks = [step('a', 'b'), step('b', 'a'), step('c', 'd', 'a'), step('d', 'c')];
    expect(found(cycle, tasks).map(({ tasks: those }) => those.toSorted())).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});
