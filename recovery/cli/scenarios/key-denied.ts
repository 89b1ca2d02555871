import { badDay, primaryLost } from './scenario.js';

export const keyDenied = badDay({
  name: 'key-denied',
  summary: "the alternate site's encryption key refuses its users",
  faults: [primaryLost, { name: 'kms-denied', where: 'alternate' }],
  expected: {
    outcome: 'held',
    heldAt: 'assess-alternate-site',
    reason: 'KMS',
    because: 'the assessment reads what the recovery will need, and a recovery never changes key policies',
  },
});
