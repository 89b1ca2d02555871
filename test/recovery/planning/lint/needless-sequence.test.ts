import { describe, expect, it } from '@jest/globals';
import { needlessSequence as lint } from '../../../../recovery/planning/lint/needless-sequence.js';
import { ask, cutOver, fence, findsNothingInAmbassify, found, gate, receipt, step } from '../../../helpers/linted.js';

describe('work that waits for other work', () => {
  findsNothingInAmbassify(lint);

  it('though nothing shows why', () => {
    expect(found(lint, [step('a'), step('b', 'a')])).toEqual([
      {
        tasks: ['a', 'b'],
        message: 'nothing shows why b waits for a; remove this need, or write why, as { task: a, because: … }',
      },
    ]);
  });

  it('is told how to say why where the other belongs to another procedure', () => {
    expect(found(lint, [{ ...step('a'), procedure: 'restore' }, step('b', 'a')])[0]?.message).toContain(
      '{ procedure: restore, because: … }',
    );
  });

  it('because the runbook says why', () => {
    expect(found(lint, [step('a'), { ...step('b', 'a'), because: { a: 'it says so' } }])).toEqual([]);
  });

  it('because it takes what the other gives', () => {
    expect(found(lint, [step('a'), { ...step('b', 'a'), with: { of: ['${a.name}'] } }])).toEqual([]);
  });

  it('because both change one thing', () => {
    expect(
      found(lint, [
        { ...step('a'), writes: ['x', 'y'] },
        { ...step('b', 'a'), writes: ['y'] },
      ]),
    ).toEqual([]);
  });

  it.each([
    ['gate', gate],
    ['task for people', ask],
    ['receipt', receipt],
    ['fence', fence],
    ['cut-over', cutOver],
  ])('because one of them is a %s', (_, kind) => {
    expect(found(lint, [kind('a'), step('b', 'a')])).toEqual([]);
    expect(found(lint, [step('a'), kind('b', 'a')])).toEqual([]);
  });

  it('is no longer for a need that another need comes after anyway', () => {
    const tasks = [step('a'), { ...step('b', 'a'), with: { of: '${a.name}' } }, { ...step('c', 'a', 'b'), with: { of: '${b.name}' } }];
    expect(found(lint, tasks)).toEqual([]);
  });
});
