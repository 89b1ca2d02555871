import type { Happening } from '../../recovery/model/journal-entry.js';

/** What a run of `tasks` tasks writes, `count` entries of it: each task is begun, accepted, done and verified, and at its end decided anew. */
export function* realisticHappenings(count: number, tasks: number): Generator<Happening> {
  const moment = { at: '2030-01-01T02:00:00.000Z', source: 'test' };
  const plan = { run: 'run-1', planHash: 'plan', mode: 'failover', world: 'twin', scenario: null, seed: 1 } as const;
  yield { kind: 'opened', ...plan, disruptedAt: moment, detectedAt: moment };
  for (let written = 1, turn = 0; written < count; turn++) {
    const id = `restore-${turn % tasks}`;
    const attempt = 1 + Math.floor(turn / tasks);
    for (const happening of taskHappenings(id, attempt)) {
      yield happening;
      if (++written === count) return;
    }
  }
}

const taskHappenings = (task: string, attempt: number): readonly Happening[] => [
  { kind: 'started', task, attempt },
  { kind: 'accepted', task, attempt, handle: { restoreJobId: `${task}-${attempt}-job`, database: `ambassify-frankfurt-${task}` } },
  { kind: 'done', task, attempt, output: { instance: `ambassify-frankfurt-${task}`, endpoint: `${task}.eu-central-1.rds.amazonaws.com` } },
  {
    kind: 'verified',
    task,
    attempt,
    evidence: [
      {
        claim: 'the database is available, encrypted with the site’s key, and private',
        check: 'backup.restore-database',
        expected: 'available',
        observed: `available, as of rds:DescribeDBInstances of ${task}`,
        holds: true,
        at: '2030-01-01T02:10:00.000Z',
        source: 'rds:DescribeDBInstances in eu-central-1',
      },
    ],
  },
  { kind: 'decided', task, decision: 'retry', by: 'cto', reason: 'once more, to be sure' },
];
