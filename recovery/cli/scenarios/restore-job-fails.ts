import { badDay, primaryLost } from './scenario.js';

export const restoreJobFails = badDay({
  name: 'restore-job-fails',
  summary: "AWS Backup's restore jobs fail for half an hour",
  faults: [primaryLost, { name: 'job-failed', where: 'alternate', forSeconds: 1800 }],
  expected: {
    outcome: 'held',
    heldAt: 'restore-database',
    reason: 'FAILED',
    because: 'a failed job is final in AWS; retry starts a new generation beside it',
  },
});
