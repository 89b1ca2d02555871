import { fold } from '../../recovery/engine/fold.js';
import type { Evidence } from '../../recovery/model/evidence.js';
import type { Happening, JournalEntry } from '../../recovery/model/journal-entry.js';
import { instant, milliseconds } from '../../recovery/model/time.js';
import { htmlReport } from '../../recovery/report/html-report.js';
import { runReport, type RunReport } from '../../recovery/report/run-report.js';
import type { Plan } from '../../recovery/model/plan.js';
import { samplePlan } from './sample-plan.js';

const begin = milliseconds('2030-01-01T02:00:00.000Z');
const minute = (count: number): string => instant(begin + count * 60_000);

export const evidenceOf = (check: string, holds: Evidence['holds'], data?: Evidence['data']): Evidence => ({
  claim: `${check} holds`,
  check,
  expected: 'so',
  observed: holds === true ? 'so' : 'not so',
  holds,
  at: minute(30),
  source: 'test',
  ...(data ? { data } : {}),
});

/** Four tasks: choose data, ask people, throw the switch, prove it. */
export const plan = {
  ...samplePlan([
    { id: 'choose', uses: 'backup.choose-recovery-point', title: 'Choose the data' },
    { id: 'tell', title: 'Tell customers', does: 'ask', owner: 'customer-success', request: 'tell them' },
    {
      id: 'smoke',
      title: 'Test it',
      does: 'gate',
      checks: [{ uses: 'web.answers-from-site', with: {}, waivable: true, patienceSeconds: 180 }],
      needs: ['choose'],
    },
    { id: 'switch', uses: 'dns.cut-over', title: 'Move traffic', needs: ['smoke'], effect: 'irreversible' },
    {
      id: 'prove',
      title: 'See that it moved',
      does: 'gate',
      checks: [{ uses: 'dns.answers-from-site', with: {}, waivable: false, patienceSeconds: 900 }],
      needs: ['switch'],
    },
  ]),
  targets: { global: { webName: 'www.example.com', switchBucket: 'switch', switchKey: 'cut-over' } } as unknown as Plan['targets'],
  objective: { rtoSeconds: 3_600, rpoSeconds: 900, mtdSeconds: 172_800 },
};

export type At = readonly [minute: number, happening: Happening];
export const opening: readonly At[] = [
  [
    20,
    {
      kind: 'opened',
      run: '20300101-0220-1a2b',
      planHash: '1a2b',
      mode: 'failover',
      world: 'twin',
      scenario: 'primary-region-lost',
      seed: 7,
      disruptedAt: { at: minute(0), source: 'command line, --disrupted-at' },
      detectedAt: { at: minute(5), source: 'scenario' },
    },
  ],
  [20, { kind: 'activated', by: 'cto', reason: 'region lost', source: 'command line', callsBefore: 12 }],
  [20, { kind: 'asked', task: 'tell', attempt: 1, owner: 'customer-success', request: 'tell them' }],
  [20, { kind: 'started', task: 'choose', attempt: 1 }],
  [20, { kind: 'accepted', task: 'choose', attempt: 1, handle: null }],
  [
    20,
    {
      kind: 'done',
      task: 'choose',
      attempt: 1,
      output: { recoveryPointArn: 'arn:aws:rds:eu-central-1:111122223333:snapshot:one', snapshotAt: minute(-10), completedAt: minute(-2) },
    },
  ],
  [20, { kind: 'verified', task: 'choose', attempt: 1, evidence: [evidenceOf('backup.choose-recovery-point', true)] }],
  [30, { kind: 'acknowledged', task: 'tell', by: 'customer-success', note: 'told', source: 'altsite ack' }],
  [30, { kind: 'started', task: 'smoke', attempt: 1 }],
];
export const smokeFails: readonly At[] = [
  [
    31,
    {
      kind: 'failed',
      task: 'smoke',
      attempt: 1,
      error: { kind: 'unverified', code: 'unverified', message: 'web.answers-from-site holds: no, not so', causes: [] },
      evidence: [evidenceOf('web.answers-from-site', false)],
    },
  ],
  [
    31,
    {
      kind: 'held',
      task: 'smoke',
      reason: 'web.answers-from-site holds: no, not so',
      choices: ['altsite decide 20300101-0220-1a2b smoke retry --by ROLE --reason TEXT'],
    },
  ],
];
export const recovers: readonly At[] = [
  [31, { kind: 'verified', task: 'smoke', attempt: 1, evidence: [evidenceOf('web.answers-from-site', true)] }],
  [32, { kind: 'authorised', task: 'switch', by: 'cto', reason: 'region lost', source: 'command line' }],
  [32, { kind: 'started', task: 'switch', attempt: 1 }],
  [32, { kind: 'done', task: 'switch', attempt: 1, output: { before: ['127.9.0.1'] } }],
  [32, { kind: 'verified', task: 'switch', attempt: 1, evidence: [evidenceOf('dns.cut-over', true)] }],
  [32, { kind: 'started', task: 'prove', attempt: 1 }],
  [
    40,
    { kind: 'verified', task: 'prove', attempt: 1, evidence: [evidenceOf('dns.answers-from-site', true, { addresses: ['127.9.0.2'] })] },
  ],
  [40, { kind: 'ended', outcome: 'recovered' }],
  [40, { kind: 'calls-counted', from: minute(20), to: minute(40), lostRegion: 0, usEast1ControlPlane: 0, source: 'test' }],
  [40, { kind: 'rows-compared', before: 12, recovered: 9, lost: 3, unexplained: [], source: 'test' }],
];

/** A journal of these happenings, without its chain. */
export const entriesOf = (happenings: readonly At[]): JournalEntry[] =>
  happenings.map(([at, happening], index) => ({ ...happening, sequence: index + 1, at: minute(at), previousHash: '', hash: '' }));

export const reportOf = (...parts: readonly (readonly At[])[]): RunReport => {
  const entries = entriesOf(parts.flat());
  return runReport(plan, fold(entries), '.altsite/runs/20300101-0220-1a2b/journal.jsonl');
};

/** The page of a journal of these happenings. */
export const pageOf = (happenings: readonly At[]): string =>
  htmlReport({ plan, entries: entriesOf(happenings), report: reportOf(happenings) });
