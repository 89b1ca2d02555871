import { describe, expect, it } from '@jest/globals';
import { fold } from '../../../recovery/engine/fold.js';
import { runReport } from '../../../recovery/report/run-report.js';
import { entriesOf, evidenceOf, opening, plan, recovers, reportOf, smokeFails } from '../../helpers/sample-run.js';

describe('the report of a run', () => {
  it('counts the RTO from the disruption to the DNS proof, and the RPO back from it to the original snapshot', () => {
    const report = reportOf(opening, recovers);
    expect(report.outcome).toBe('recovered');
    expect(report.rto).toEqual({ seconds: 2400, objectiveSeconds: 3600, met: true });
    // To the copy's completion it would be 120.
    expect(report.rpo).toEqual({ seconds: 600, objectiveSeconds: 900, met: true });
    expect(report.dns).toMatchObject({ before: ['127.9.0.1'], after: ['127.9.0.2'] });
    expect(report.calls).toEqual({ lostRegion: 0, usEast1ControlPlane: 0 });
    expect(report.rows).toEqual({ before: 12, recovered: 9, lost: 3, unexplained: [] });
    expect(report.hold).toBeUndefined();
  });

  it('names a resolver that over-holds, and whom its customers reach', () => {
    const overHolding = [{ server: '127.9.0.3:53', addresses: ['127.9.0.1'], secondsPastTtl: 40 }];
    const proved = recovers.map(([at, happening]) =>
      happening.kind === 'verified' && happening.task === 'prove'
        ? ([
            at,
            { ...happening, evidence: [evidenceOf('dns.answers-from-site', true, { addresses: ['127.9.0.2'], overHolding })] },
          ] as const)
        : ([at, happening] as const),
    );
    const { dns, rto, notProven } = reportOf(opening, proved);
    expect({ after: dns?.after, overHolding: dns?.overHolding, rto: rto.seconds }).toEqual({
      after: ['127.9.0.2'],
      overHolding,
      rto: 2400,
    });
    expect(notProven).toContain(
      'DNS: resolver 127.9.0.3:53 still answered the old address 127.9.0.1 at least 40 s after its TTL; customers behind it reach dublin, which cannot write',
    );
    expect(reportOf(opening, recovers).dns?.overHolding).toEqual([]);
  });

  it('measures no RTO before the DNS proof, and says why it is held', () => {
    const report = reportOf(opening, smokeFails);
    expect(report.outcome).toBe('held');
    expect(report.rto).toEqual({ seconds: null, objectiveSeconds: 3600, met: null });
    expect(report.rpo).toEqual({ seconds: 600, objectiveSeconds: 900, met: null });
    expect(report.hold).toMatchObject({ task: 'smoke', choices: [expect.stringContaining('retry')] });
    expect(report.gates).toMatchObject([{ task: 'smoke', holds: false }]);
    expect(report.dns).toMatchObject({ after: [], switchedAt: null });
    expect(report.notProven.join('\n')).toContain('smoke: web.answers-from-site holds (no: not so)');
  });

  it('is only as far as the journal goes while the run is under way', () => {
    expect(reportOf(opening.slice(0, 2))).toMatchObject({ outcome: 'running', recoveryPoint: null, rpo: { seconds: null, met: null } });
  });

  it('always has something that was not proven', () => {
    for (const parts of [[opening, recovers], [opening, smokeFails], [opening.slice(0, 1)]])
      expect(reportOf(...parts).notProven.length).toBeGreaterThan(0);
  });

  it('says that nobody counted calls or compared rows where nobody did', () => {
    const said = reportOf(opening, recovers.slice(0, -2)).notProven.join('\n');
    expect(said).toContain('not counted');
    expect(said).toContain('which rows were lost');
  });

  it('says of rows that the recovery point does not account for which they are', () => {
    const compared = { kind: 'rows-compared', before: 12, recovered: 9, lost: 3, unexplained: ['order-4'], source: 'test' } as const;
    expect(reportOf(opening, [...recovers.slice(0, -1), [40, compared]]).notProven.join('\n')).toContain('1 rows: order-4');
  });

  it('does not count a recovery point from after the disruption as proof of sound data', () => {
    const late = opening.map(([at, happening]) =>
      happening.kind === 'done'
        ? ([at, { ...happening, output: { ...(happening.output as object), snapshotAt: '2030-01-01T02:10:00.000Z' } }] as const)
        : ([at, happening] as const),
    );
    expect(reportOf(late, recovers).notProven.join('\n')).toContain('after the disruption');
  });

  it('names gates that were left out of the plan, and nothing else that was', () => {
    const entries = entriesOf([...opening, ...recovers]);
    const leftOut = (['gate', 'step'] as const).map((does) => ({ task: `a-${does}`, does, because: 'it is done only on Mondays' }));
    const { notProven } = runReport({ ...plan, leftOut }, fold(entries), '');
    expect(notProven.filter((one) => one.includes('Mondays'))).toEqual([
      'a-gate: this gate was left out of the plan, and nothing it asks was asked: it is done only on Mondays',
    ]);
  });
});
