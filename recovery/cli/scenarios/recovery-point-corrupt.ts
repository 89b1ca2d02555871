import { badDay, primaryLost } from './scenario.js';

export const recoveryPointCorrupt = badDay({
  name: 'recovery-point-corrupt',
  summary: 'the newest recovery point restores without complaint, and its rows cannot be read',
  faults: [primaryLost, { name: 'corrupt-recovery-point', where: 'alternate' }],
  expected: {
    outcome: 'held',
    heldAt: 'smoke-tests',
    because: 'only reading rows through the application tells; an older recovery point is a decision for people',
  },
});
