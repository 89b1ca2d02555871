import { badDay, primaryLost } from './scenario.js';

export const databaseQuotaExceeded = badDay({
  name: 'database-quota-exceeded',
  summary: "the alternate region's quota of database instances is used up once the plan stands",
  // Used up any sooner, no plan would be made.
  faults: [primaryLost, { name: 'quota-exceeded', where: 'alternate', since: 'planned' }],
  expected: {
    outcome: 'held',
    heldAt: 'restore-database',
    reason: 'quota exceeded',
    because: 'only people can raise a quota or free an instance; then retry starts a new generation',
  },
});
