/**
 * What a run of `tasks` tasks writes, `count` entries of it: each task is begun, accepted, done and verified, `attempts` times; from then on the
 * run holds and is resumed. What a state remembers are tasks, attempts and decisions: those take memory, entries do not.
 */
export function* realisticEntries(count, tasks, { attempts = 5, ...opened } = {}) {
  const moment = { at: '2030-01-01T02:00:00.000Z', source: 'bench' };
  const plan = { run: 'bench', planHash: 'bench', mode: 'failover', world: 'twin', scenario: null, seed: 1 };
  yield { kind: 'opened', ...plan, disruptedAt: moment, detectedAt: moment, ...opened };
  for (let written = 1, turn = 0; written < count; turn++)
    for (const happening of turn < tasks * attempts ? ofTask(`restore-${turn % tasks}`, 1 + Math.floor(turn / tasks)) : ofHold(turn)) {
      if (written++ === count) return;
      yield happening;
    }
}

const ofHold = (turn) => [
  {
    kind: 'held',
    task: 'restore-1',
    reason: `AccessDenied: not authorized, look ${turn}`,
    choices: ['altsite decide bench restore-1 retry --by ROLE --reason TEXT'],
  },
  { kind: 'resumed', notice: '' },
];

const ofTask = (task, attempt) => [
  { kind: 'started', task, attempt },
  { kind: 'accepted', task, attempt, handle: { restoreJobId: `${task}-${attempt}-job`, database: `ambassify-frankfurt-${task}` } },
  { kind: 'done', task, attempt, output: { instance: `ambassify-frankfurt-${task}`, endpoint: `${task}.eu-central-1.rds.amazonaws.com` } },
  { kind: 'verified', task, attempt, evidence: [evidenceOf(task)] },
];

const evidenceOf = (task) => ({
  ...{ claim: 'the database is available, encrypted with the site’s key, and private', check: 'backup.restore-database' },
  ...{ expected: 'available', observed: `available, as of rds:DescribeDBInstances of ${task}`, holds: true },
  ...{ at: '2030-01-01T02:10:00.000Z', source: 'rds:DescribeDBInstances in eu-central-1' },
});
