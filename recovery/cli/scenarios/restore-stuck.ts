import { badDay, primaryLost } from './scenario.js';

export const restoreStuck = badDay({
  name: 'restore-stuck',
  summary: 'the restored database never leaves its transitional state',
  faults: [primaryLost, { name: 'stuck-status', where: 'alternate' }],
  expected: {
    outcome: 'held',
    heldAt: 'restore-database',
    reason: 'its limit is',
    because: 'every wait has a limit, and what hangs is named instead of hanging the run',
  },
});
