import { badDay, primaryLost } from './scenario.js';

export const keyDenied = badDay({
  name: 'key-denied',
  summary: "the alternate site's encryption key refuses its users",
  faults: [primaryLost, { name: 'kms-denied', where: 'alternate' }],
  expected: {
    outcome: 'held',
    heldAt: 'restore-database',
    because: 'data that cannot be decrypted cannot be restored, and a recovery never changes key policies',
  },
});
