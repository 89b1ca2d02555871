import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../../recovery/checks/index.js';
import { planText } from '../../../recovery/cli/plan-text.js';
import type { Happening, JournalEntry } from '../../../recovery/model/journal-entry.js';
import type { Took } from '../../../recovery/model/task-duration.js';
import { instant } from '../../../recovery/model/time.js';
import { assumption, durationRecord, durationsOf, usedBy } from '../../../recovery/planning/duration-record.js';
import { plan } from '../../../recovery/planning/plan.js';
import { planOverview } from '../../../recovery/planning/plan-overview.js';
import { steps } from '../../../recovery/steps/index.js';
import { samplePlan } from '../../helpers/sample-plan.js';
import { sampleTargets } from '../../helpers/sample-targets.js';
import { load, ambassify } from '../../helpers/spoilt-plan.js';

const assumed = { expectedSeconds: 60, limitSeconds: 600 };

describe('how long a kind of work takes', () => {
  it('is assumed as long as nobody has measured it', () => {
    expect(durationRecord([], 'twin')('a', assumed)).toEqual({
      earliestSeconds: 30,
      expectedSeconds: 60,
      latestSeconds: 180,
      source: 'assumption',
      samples: 0,
    });
    expect(assumption({ expectedSeconds: 60, limitSeconds: 90 }).latestSeconds).toBe(90);
    expect(assumption({ expectedSeconds: 60, limitSeconds: 60 }).latestSeconds).toBe(60);
  });

  it('is what recoveries in AWS took, or drills where there was none, whatever was assumed and in whatever order they were read', () => {
    const sample: fc.Arbitrary<Took> = fc.record({ uses: fc.constantFrom('a', 'b'), seconds: fc.nat(1000), source: fc.constantFrom('drill', 'history'), world: fc.constantFrom('aws', 'twin') });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 60 }), (took) => {
        const { samples, source, earliestSeconds, expectedSeconds, latestSeconds } = durationRecord(took, 'twin')('a', assumed);
        const of = (kind: string) => took.filter((one) => one.uses === 'a' && one.source === kind).map(({ seconds }) => seconds);
        const counted = of('history').length ? of('history') : of('drill');
        expect(samples).toBe(counted.length);
        expect(source).toBe(of('history').length ? 'history' : counted.length ? 'drill' : 'assumption');
        expect(durationRecord(took.toReversed(), 'twin')('a', assumed)).toEqual(durationRecord(took, 'twin')('a', assumed));
        if (counted.length === 0) return;
        const below = (bound: number) => counted.filter((seconds) => seconds <= bound).length / counted.length;
        for (const [bound, share] of [[earliestSeconds, 0.05], [expectedSeconds, 0.5], [latestSeconds, 0.95]] as const) {
          expect(counted).toContain(bound);
          expect(below(bound)).toBeGreaterThanOrEqual(share);
          expect(counted.filter((seconds) => seconds < bound).length / counted.length).toBeLessThan(share);
        }
      }),
    );
  }); // prettier-ignore

  it('is never what the twin took, where the plan is for AWS', () => {
    const took: Took[] = [
      { uses: 'a', seconds: 5, source: 'drill', world: 'twin' },
      { uses: 'b', seconds: 5, source: 'drill', world: 'twin' },
      { uses: 'b', seconds: 900, source: 'drill', world: 'aws' },
    ];
    expect(durationRecord(took, 'aws')('a', assumed)).toMatchObject({ source: 'assumption', samples: 0 });
    expect(durationRecord(took, 'aws')('b', assumed)).toMatchObject({ expectedSeconds: 900, source: 'drill', samples: 1 });
  });
});

describe('what a run says of durations', () => {
  const ran = samplePlan([
    { id: 'a', uses: 'x.do' },
    { id: 'g', does: 'gate', checks: [{ uses: 'y', with: {}, waivable: true, patienceSeconds: 0 }, { uses: 'x', with: {}, waivable: true, patienceSeconds: 0 }] },
    { id: 'p', does: 'ask', owner: 'cto', request: 'tell' },
  ]); // prettier-ignore
  const said = (happenings: readonly (readonly [seconds: number, happening: Happening])[], of = ran): readonly Took[] => {
    const durations = durationsOf(of);
    for (const [seconds, happening] of happenings) durations.entry({ ...happening, at: instant(seconds * 1000) } as JournalEntry);
    return durations.took();
  };
  const started = (task: string, attempt = 1): Happening => ({ kind: 'started', task, attempt });
  const verified = (task: string, attempt = 1): Happening => ({ kind: 'verified', task, attempt, evidence: [] });
  const failed = (task: string): Happening => ({
    kind: 'failed',
    task,
    attempt: 1,
    error: { kind: 'rejected', code: '', message: '', causes: [] },
    evidence: [],
  });

  it('is from the start to the proof of each task, by what it uses', () => {
    expect(said([[0, started('a')], [1, started('g')], [5, verified('g')], [9, verified('a')]])).toEqual([
      { uses: 'gate of x, y', seconds: 4, source: 'drill', world: 'twin' },
      { uses: 'x.do', seconds: 9, source: 'drill', world: 'twin' },
    ]);
    expect(ran.tasks.map(usedBy)).toEqual(['x.do', 'gate of x, y', null]);
  }); // prettier-ignore

  it('is history where AWS was recovered in earnest, and a drill otherwise', () => {
    const happened = [[0, started('a')], [9, verified('a')]] as const; // prettier-ignore
    expect(said(happened, { ...ran, world: 'aws' })[0]?.source).toBe('history');
    expect(said(happened, { ...ran, world: 'aws', mode: 'drill' })[0]?.source).toBe('drill');
  });

  it('leaves out what a second attempt took up, and what nobody was looking at', () => {
    expect(said([[0, started('a')], [5, failed('a')], [6, started('a', 2)], [7, verified('a', 2)]])).toEqual([]);
    expect(said([[0, started('a')], [5_000, { kind: 'resumed', notice: '' }], [5_001, verified('a')]])).toEqual([]);
    expect(said([[0, started('p')], [5, verified('p')], [5, verified('nobody')]])).toEqual([]);
  }); // prettier-ignore
});

describe('a plan made from a record', () => {
  const took: Took[] = [
    ...[700, 800, 900].map((seconds) => ({ uses: 'backup.restore-database', seconds, source: 'drill' as const, world: 'twin' as const })),
    { uses: 'gate of alerting.reaches-queue', seconds: 42, source: 'history', world: 'aws' },
  ];
  const made = plan(
    load(ambassify),
    { targets: sampleTargets(), facts: [], quotas: [] },
    { steps, checks },
    'failover',
    'twin',
    durationRecord(took, 'twin'),
  ).plan;

  it('expects of each task what that says', () => {
    expect(made.tasks.find(({ id }) => id === 'restore-database')).toMatchObject({
      expectedSeconds: 800,
      duration: { earliestSeconds: 700, expectedSeconds: 800, latestSeconds: 900, source: 'drill', samples: 3 },
    });
    for (const task of made.tasks) expect(task.expectedSeconds).toBe(task.duration.expectedSeconds);
  });

  it('shows beside each figure what it rests on', () => {
    const text = planText(planOverview(made, null, null));
    expect(text).toMatch(/13 min 20 s +3 drills +restore-database/);
    expect(text).toMatch(/42 s +1 run +test-alerting/);
    expect(text).toMatch(/3 min +assumed +conform-database/);
    expect(text).toMatch(/up to 1 h +limit +contact/);
    expect(text).toContain('basis: the median');
  });
});
