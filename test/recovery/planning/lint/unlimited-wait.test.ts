import { describe, expect, it } from '@jest/globals';
import { unlimitedWait as lint } from '../../../../recovery/planning/lint/unlimited-wait.js';
import { ask, findsNothingInAmbassify, found, gate, step } from '../../../helpers/linted.js';

describe('a wait that nothing ends', () => {
  findsNothingInAmbassify(lint);

  it.each([Infinity, NaN, 0, -1])('has a limit of %s', (limitSeconds) => {
    expect(found(lint, [{ ...step('a'), limitSeconds }])).toEqual([
      { tasks: ['a'], message: `a has a limit of ${limitSeconds} s, which ends no wait; declare a limit, in seconds, above 0` },
    ]);
  });

  it('is for people whom nobody gives a time', () => {
    expect(found(lint, [{ ...ask('a'), limitSeconds: Infinity }])[0]?.message).toContain(
      'write how long customer-success is waited for (within)',
    );
  });

  it('is of a gate that ends before a check would take a no for an answer', () => {
    expect(found(lint, [{ ...gate('a'), limitSeconds: 30 }])).toEqual([
      {
        tasks: ['a'],
        message: 'a ends after 30 s, before sample.a would take a no for an answer; raise its limit, or lower that patience',
      },
    ]);
  });
});
