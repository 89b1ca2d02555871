import { badDay, primaryLost } from './scenario.js';

export const databaseQuotaExceeded = badDay({
  name: 'database-quota-exceeded',
  summary: "the alternate region's quota of database instances is used up",
  faults: [primaryLost, { name: 'quota-exceeded', where: 'alternate' }],
  expected: {
    outcome: 'held',
    heldAt: 'restore-database',
    reason: 'quota exceeded',
    because: 'only people can raise a quota or free an instance; then retry starts a new generation',
  },
});
