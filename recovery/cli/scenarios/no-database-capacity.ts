import { badDay, primaryLost } from './scenario.js';

export const noDatabaseCapacity = badDay({
  name: 'no-database-capacity',
  summary: "the alternate region has no capacity for the database's instance class",
  faults: [primaryLost, { name: 'insufficient-capacity', where: 'alternate' }],
  expected: {
    outcome: 'held',
    heldAt: 'restore-database',
    reason: 'sufficient capacity',
    because: 'another class is a decision for people; waiting and retry is another',
  },
});
