import { expect, test } from '@jest/globals';
import { CallLedger, CallsForgotten } from '../../../twin/world/calls.js';

const ledgerOf = (count: number, most: number): CallLedger => {
  const ledger = new CallLedger(most);
  for (let made = 0; made < count; made++) {
    ledger.record({
      ...{ at: made, account: '111122223333', region: 'eu-west-1', service: 's3', operation: 'GetObject', via: 'client', plane: 'data' },
      controlPlaneRegion: 'eu-west-1',
      principal: 'arn:aws:iam::111122223333:user/twin',
    });
  }
  return ledger;
};
const sequences = (ledger: CallLedger, since?: number): number[] => ledger.since(since).map(({ sequence }) => sequence);

test('a ledger tells the calls after any of its calls', () => {
  const ledger = ledgerOf(5, 10);
  expect([sequences(ledger), sequences(ledger, 3), sequences(ledger, 5)]).toEqual([[1, 2, 3, 4, 5], [4, 5], []]);
});

test('a ledger that has grown too long forgets its oldest calls, goes on counting, and says so when it is asked for them', () => {
  const ledger = ledgerOf(100_001, 1000);
  expect(ledger.total).toBe(100_001);
  const left = sequences(ledger);
  expect(left.length).toBeLessThanOrEqual(1000);
  expect(left.at(-1)).toBe(100_001);
  expect(sequences(ledger, 99_999)).toEqual([100_000, 100_001]);
  expect(sequences(ledger, left[0]! - 1)).toEqual(left);
  expect(() => ledger.since(left[0]! - 2)).toThrow(CallsForgotten);
  expect(() => ledger.since(0)).toThrow(`those before ${left[0]} are forgotten`);
});
