import { describe, expect, it } from '@jest/globals';
import { unreachable } from '../../../../recovery/planning/lint/unreachable.js';
import { findsNothingInAmbassify, found, step } from '../../../helpers/linted.js';

describe('a task that can never start', () => {
  findsNothingInAmbassify(unreachable);

  it('needs what is not in the plan', () => {
    expect(found(unreachable, [step('a', 'gone')])).toEqual([
      { tasks: ['a'], message: 'a needs gone, which is not in the plan; add it, or remove this need' },
    ]);
  });

  it('takes the output of what is not in the plan', () => {
    expect(found(unreachable, [{ ...step('a'), with: { from: '${gone.name}' } }])).toEqual([
      { tasks: ['a'], message: 'a takes the output of gone, which is not in the plan; add it, or give the value itself' },
    ]);
  });

  it('comes after one that never can', () => {
    expect(found(unreachable, [step('a', 'gone'), step('b', 'a'), step('c', 'b'), step('free')])).toEqual([
      expect.objectContaining({ tasks: ['a'] }),
      { tasks: ['b', 'c'], message: 'b, c can never start: what they come after never ends; mend that first' },
    ]);
  });

  it('comes after a circle', () => {
    expect(found(unreachable, [step('a', 'b'), step('b', 'a'), step('c', 'a')])).toEqual([
      { tasks: ['c'], message: 'c can never start: what it comes after never ends; mend that first' },
    ]);
  });
});
