import type { Aws } from '../../../recovery/ports/aws.js';
import type { BrokenEngine } from './broken-engine.js';
import { withStep } from './tampered-steps.js';

/** AWS as seen by somebody who does not look at the jobs there are. */
const blind = (aws: Aws): Aws => ({
  ...aws,
  backup: (region) => ({
    send: (async (command: object) => {
      if (command.constructor.name === 'ListRestoreJobsCommand') return { RestoreJobs: [] };
      return (aws.backup(region).send as (one: object) => Promise<unknown>)(command);
    }) as never,
  }),
});

export const retryThatDoesNotLook: BrokenEngine = {
  name: 'retry-that-does-not-look',
  how: 'every attempt restores anew, and never looks for what an earlier one has on the way',
  faults: ['stuck-status'],
  breaks: 'nothing-twice',
  tampering: () => ({
    registries: withStep('backup.restore-database', (step) => ({
      ...step,
      start: (input, ctx) => step.start(input, { ...ctx, aws: blind(ctx.aws) }),
    })),
    choose: (_plan, state) => (state.hold && state.hold.task !== 'none' ? { task: state.hold.task, decision: 'retry' } : undefined),
  }),
};
