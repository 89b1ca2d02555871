import { describe, expect, it } from '@jest/globals';
import { lostRegionNeeded as lint } from '../../../../recovery/planning/lint/lost-region-needed.js';
import { cutOver, findsNothingInAmbassify, found, gate, step } from '../../../helpers/linted.js';

const calling = { ...step('copy-what-is-left'), asks: ['to', 'from'] as const };

describe('work that calls the lost region', () => {
  findsNothingInAmbassify(lint);

  it('is named with the region', () => {
    expect(found(lint, [calling])).toEqual([
      {
        tasks: ['copy-what-is-left'],
        message:
          'copy-what-is-left calls eu-west-1, which is lost; take what is needed from a survey or a copy elsewhere, or put it after the proof of the cut-over',
      },
    ]);
  });

  it('may be done once customers are served, and not before that is proven', () => {
    const tasks = (need: string) => [gate('test'), cutOver('move', 'test'), gate('proof', 'move'), { ...calling, needs: [need] }];
    expect(found(lint, tasks('proof'))).toEqual([]);
    expect(found(lint, tasks('move'))).toHaveLength(1);
  });

  it('may be done where the region is left on purpose', () => {
    expect(found(lint, [calling], { mode: 'switchover' })).toEqual([]);
    expect(found(lint, [calling], { mode: 'drill' })).toHaveLength(1);
  });
});
