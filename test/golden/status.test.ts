import { describe, expect, it } from '@jest/globals';
import { fold } from '../../recovery/engine/fold.js';
import { runStatus, type Seen } from '../../recovery/report/run-status.js';
import { textStatus } from '../../recovery/report/text-status.js';
import { expectGolden } from '../helpers/golden.js';
import { entriesOf, opening, plan, recovers, smokeFails } from '../helpers/sample-run.js';

type Parts = readonly (readonly Parameters<typeof entriesOf>[0][number][])[];
const statusOf = (seen: Partial<Seen>, ...parts: Parts) => {
  const entries = entriesOf(parts.flat());
  return runStatus(plan, fold(entries), { writer: null, now: null, ...seen });
};
const now = '2030-01-01T02:45:00.000Z';
const writer = 'cto, process 4711 on alpha since 2030-01-01T02:20:00.000Z';
const undone: Parts[number] = [
  [45, { kind: 'decided', task: 'smoke', decision: 'undo', by: 'cto', reason: 'the backup is damaged' }],
  [46, { kind: 'resumed', notice: '' }],
  [46, { kind: 'undo-started', task: 'choose', attempt: 1 }],
  [47, { kind: 'undone', task: 'choose', attempt: 1, left: ['database example-db in eu-central-1'] }],
  [47, { kind: 'ended', outcome: 'undone' }],
];
const beforeTelling = opening.filter(([, { kind }]) => kind !== 'acknowledged');

describe('where a run stands', () => {
  it('is what was last reviewed: running', () =>
    expectGolden('cli/status-running.txt', textStatus(statusOf({ writer, now }, beforeTelling))));
  it('is what was last reviewed: held', () => expectGolden('cli/status-held.txt', textStatus(statusOf({ now }, opening, smokeFails))));
  it('is what was last reviewed: undone', () => expectGolden('cli/status-undone.txt', textStatus(statusOf({}, opening, smokeFails, undone))));

  it('says when nobody carries out a run that is not held, and what continues it', () => {
    const status = statusOf({}, opening);
    expect(textStatus(status)).toContain('NO PROCESS IS AT IT');
    expect(status.follow).toBe('altsite resume 20300101-0220-1a2b');
  });

  it('says that nobody activated the plan, and who had the run stand still', () => {
    const unactivated = opening.filter(([, { kind }]) => kind !== 'activated');
    const paused: Parts[number] = [[45, { kind: 'paused', by: 'ceo', reason: 'the region may be back', source: 'altsite pause' }]];
    expect(statusOf({}, opening)).toMatchObject({ activatedAt: '2030-01-01T02:20:00.000Z' });
    expect(textStatus(statusOf({}, opening))).not.toMatch(/NOT ACTIVATED|PAUSED/);
    const status = statusOf({}, unactivated, paused);
    expect(status).toMatchObject({ activatedAt: null, paused: { by: 'ceo', reason: 'the region may be back' } });
    expect(textStatus(status)).toContain('NOT ACTIVATED: only what can be undone is done');
    expect(textStatus(status)).toContain('PAUSED at 02:45:00 by ceo: the region may be back');
    expect(statusOf({}, unactivated, paused, [[46, { kind: 'resumed', notice: '' }]]).paused).toBeUndefined();
  });

  it('counts on to now where the world’s clock is known, and not by the clock of another world', () => {
    expect(statusOf({ now }, opening).rto).toMatchObject({ seconds: 1800, secondsNow: 2700, running: true });
    const younger = statusOf({ now: '2029-12-31T00:00:00.000Z' }, opening);
    expect(younger).toMatchObject({ now: null, rto: { secondsNow: null } });
  });

  it('stops the RTO clock at the DNS proof, and waits for nobody then', () => {
    expect(statusOf({ now }, opening, recovers)).toMatchObject({
      outcome: 'recovered',
      rto: { seconds: 2400, met: true, running: false, secondsNow: null },
      waitingFor: [],
      next: [],
      follow: 'altsite report 20300101-0220-1a2b',
    });
  });

  it('says who is waited for since when, and what starts next', () => {
    const status = statusOf({}, beforeTelling);
    expect(status.waitingFor).toEqual([{ task: 'tell', owner: 'customer-success', since: '2030-01-01T02:20:00.000Z', limitSeconds: 600 }]);
    expect(status.next).toEqual(['switch']);
  });
});
