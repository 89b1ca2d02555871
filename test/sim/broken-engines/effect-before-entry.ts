import { withWriting } from './tampered-journal.js';
import type { BrokenEngine } from './broken-engine.js';

export const effectBeforeEntry: BrokenEngine = {
  name: 'effect-before-entry',
  how: 'what is begun is written down under another name, so that the effect comes before its entry',
  breaks: 'journal-comes-first',
  tampering: () => ({
    // The engine believes that `started` is written; what the journal has is the attempt before.
    journal: (journal) =>
      withWriting(journal, (happening) => (happening.kind === 'started' ? { ...happening, attempt: happening.attempt - 1 } : happening)),
  }),
};
