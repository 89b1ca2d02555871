import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeAt } from '../../../recovery/adapters/home.js';
import { keepLedger, keptLedger } from '../../../recovery/adapters/kept-ledger.js';
import { compared } from '../../../recovery/cli/compare-rows.js';

const snapshotAt = '2030-01-01T02:00:30.000Z';
const acknowledged = [
  { id: 'early', at: '2030-01-01T02:00:10.000Z' },
  { id: 'same-instant', at: snapshotAt },
  { id: 'late', at: '2030-01-01T02:00:50.000Z' },
];

describe('rows compared with what clients were promised', () => {
  it('lost exactly those that were acknowledged after the snapshot', () => {
    const result = { before: 3, recovered: 2, lost: 1, unexplained: [] };
    expect(compared(acknowledged, new Set(['early', 'same-instant']), snapshotAt)).toEqual(result);
    expect(compared(acknowledged, new Set(['early']), snapshotAt).unexplained).toEqual([]);
  });

  it.each([
    ['an older row is lost', ['same-instant'], ['early']],
    ['a younger row is there', ['early', 'late'], ['late']],
    ['a row is there that nobody was promised', ['early', 'ghost'], ['ghost']],
    ['the count is right and the row is not', ['same-instant', 'late'], ['early', 'late']],
  ])('names what the recovery point does not account for: %s', (_name, present, unexplained) => {
    expect(compared(acknowledged, new Set(present), snapshotAt).unexplained).toEqual(unexplained);
  });
});

describe('the ledger kept with a twin', () => {
  it('is there for whoever finishes the run, and missing for a twin that nobody wrote through', async () => {
    const home = homeAt(mkdtempSync(join(tmpdir(), 'altsite-ledger-')));
    const ledger = { acknowledged: [{ id: 'order-000001', at: '2030-01-01T02:00:00.000Z' }] };
    await keepLedger(home, 'http://127.0.0.1:4577', ledger);
    expect(await keptLedger(home, 'http://127.0.0.1:4577')).toEqual(ledger);
    expect(await keptLedger(home, 'http://127.0.0.1:4578')).toBeNull();
    rmSync(home.directory, { recursive: true });
  });
});
