import { badDay, primaryLost } from './scenario.js';

export const restoreJobFails = badDay({
  name: 'restore-job-fails',
  summary: "AWS Backup's restore job fails",
  faults: [primaryLost, { name: 'job-failed', where: 'alternate' }],
  expected: {
    outcome: 'held',
    heldAt: 'restore-database',
    reason: 'FAILED',
    because: 'a failed job is final in AWS; retry starts a new generation beside it',
  },
});
