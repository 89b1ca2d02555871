import { afterFailure, cancel } from './create-stack.js';
import type { Job } from './job.js';
import type { Moment } from './moment.js';
import { endOperation } from './operation.js';
import { enterStatus, tellOf } from './progress.js';
import { provision } from './provision.js';
import { walk } from './walk.js';

/** Takes existing resources into the stack, and lets them be again when one cannot be found. */
export const importResources = (job: Job, moment: Moment): void => {
  const { stack } = job;
  enterStatus(stack, 'IMPORT_IN_PROGRESS', moment.ctx, 'User Initiated');
  walk(
    {
      dependencies: job.deployment.dependencies,
      step: provision(job),
      onFailure: afterFailure(job),
      finished: ({ failed, interrupted }, now) => {
        cancel(stack, interrupted, now);
        if (failed.length > 0) return letBe(job, `The following resource(s) failed to import: [${failed.join(', ')}].`, now);
        enterStatus(stack, 'IMPORT_COMPLETE', now.ctx);
        endOperation(stack, now);
      },
    },
    moment,
  );
};

const letBe = (job: Job, problem: string, moment: Moment): void => {
  const { stack } = job;
  const { ctx } = moment;
  enterStatus(stack, 'IMPORT_ROLLBACK_IN_PROGRESS', ctx, `${problem} Rollback requested by user.`);
  for (const name of job.adoptions.keys()) {
    const record = stack.resources.get(name);
    if (!record) continue;
    tellOf(stack, record, 'IMPORT_ROLLBACK_IN_PROGRESS', ctx);
    tellOf(stack, record, 'IMPORT_ROLLBACK_COMPLETE', ctx);
    stack.resources.delete(name);
  }
  stack.deployment = stack.baseline?.deployment;
  for (const [name, record] of stack.baseline?.resources ?? []) stack.resources.set(name, record);
  enterStatus(stack, 'IMPORT_ROLLBACK_COMPLETE', ctx);
  endOperation(stack, moment);
};
