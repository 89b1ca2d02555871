import { withWriting } from './tampered-journal.js';
import type { BrokenEngine } from './broken-engine.js';

export const unknownCountedAsYes: BrokenEngine = {
  name: 'unknown-counted-as-yes',
  how: 'a gate without an answer counts as verified',
  breaks: 'unknown-is-not-yes',
  tampering: () => ({
    journal: (journal) =>
      withWriting(journal, (happening) => {
        if (happening.kind !== 'failed' || !happening.evidence.some(({ holds }) => holds === 'unknown')) return happening;
        return { kind: 'verified', task: happening.task, attempt: happening.attempt, evidence: happening.evidence };
      }),
  }),
};
