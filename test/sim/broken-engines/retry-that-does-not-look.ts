import { restoreJobs } from '../../../recovery/kit/looks/restore-jobs.js';
import type { StepContext } from '../../../recovery/kit/define-step.js';
import type { BrokenEngine } from './broken-engine.js';
import { withStep } from './tampered-steps.js';

/** What somebody sees who does not look at the jobs there are. */
const blind = (ctx: StepContext): StepContext => ({
  ...ctx,
  look: async (kind, region, name) => ((kind as object) === restoreJobs ? undefined : ctx.look(kind, region, name)),
});

export const retryThatDoesNotLook: BrokenEngine = {
  name: 'retry-that-does-not-look',
  how: 'every attempt restores anew, and never looks for what an earlier one has on the way',
  faults: ['stuck-status'],
  breaks: 'nothing-twice',
  tampering: () => ({
    registries: withStep('backup.restore-database', (step) => ({
      ...step,
      start: (input, ctx) => step.start(input, blind(ctx)),
    })),
    choose: (_plan, state) => (state.hold && state.hold.task !== 'none' ? { task: state.hold.task, decision: 'retry' } : undefined),
  }),
};
