import type { BrokenEngine } from './broken-engine.js';
import { withStep } from './tampered-steps.js';

export const tokenNotDerived: BrokenEngine = {
  name: 'token-not-derived',
  how: 'every start makes a token of its own',
  faults: ['throttling'],
  breaks: 'same-request-again',
  tampering: () => {
    let starts = 0;
    return {
      registries: withStep('backup.restore-database', (step) => ({
        ...step,
        start: (input, ctx) => step.start(input, { ...ctx, token: `${ctx.token}/${++starts}` }),
      })),
    };
  },
};
