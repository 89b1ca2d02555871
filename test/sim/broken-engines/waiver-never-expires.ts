import { withReading } from './tampered-journal.js';
import type { BrokenEngine } from './broken-engine.js';

export const waiverNeverExpires: BrokenEngine = {
  name: 'waiver-never-expires',
  how: 'a waiver counts for ever once it was given',
  breaks: 'order-is-kept',
  tampering: () => ({
    journal: (journal) =>
      withReading(journal, (entry) =>
        entry.kind === 'decided' && entry.expiresAt ? { ...entry, expiresAt: '2999-01-01T00:00:00.000Z' } : entry,
      ),
    // The alarm never fires, so that there is something to waive.
    registries: (registries) => ({
      ...registries,
      checks: registries.checks.map((check) =>
        check.uses === 'alerting.reaches-queue'
          ? { ...check, patienceSeconds: 0, ask: async () => ({ holds: false, expected: 'an alarm', observed: 'none', source: 'test' }) }
          : check,
      ),
    }),
    choose: (_plan, state) => {
      const { task = 'none' } = state.hold ?? {};
      return task === 'none' ? undefined : { task, decision: task === 'test-alerting' ? 'waive' : 'retry' };
    },
  }),
};
