import { withWriting } from './tampered-journal.js';
import type { BrokenEngine } from './broken-engine.js';

export const holdWithoutChoices: BrokenEngine = {
  name: 'hold-without-choices',
  how: 'a run that is held does not say what can be decided',
  breaks: 'holds-can-be-decided',
  tampering: () => ({
    journal: (journal) => withWriting(journal, (happening) => (happening.kind === 'held' ? { ...happening, choices: [] } : happening)),
  }),
};
