import { describe, expect, it } from '@jest/globals';
import { irreversibleBeforeVerified as lint } from '../../../../recovery/planning/lint/irreversible-before-verified.js';
import { fence, findsNothingInAmbassify, found, gate, step } from '../../../helpers/linted.js';

describe('what cannot be undone', () => {
  findsNothingInAmbassify(lint);

  it('is done before any gate', () => {
    expect(found(lint, [step('work'), fence('fence', 'work'), gate('test', 'work')])).toEqual([
      { tasks: ['fence'], message: 'fence cannot be undone, and no gate comes before it; need a gate that shows it is safe' },
    ]);
  });

  it('destroys something, before any gate', () => {
    expect(found(lint, [{ ...step('delete'), effect: 'destructive' }])).toHaveLength(1);
  });

  it('may come after a gate through other work', () => {
    expect(found(lint, [gate('test'), step('work', 'test'), fence('fence', 'work')])).toEqual([]);
  });
});
