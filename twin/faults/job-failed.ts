import { AwsError } from '../wire/aws-error.js';
import { isAnsweredIn } from './bites.js';
import { ImpossibleFault, type Fault } from './fault.js';
import { oneOf, optionalText } from './parameters.js';

/** What AWS Backup asks of RDS for each kind of job: where that is refused, the job ends. */
const work = {
  backup: 'CreateDBSnapshot',
  copy: 'CopyDBSnapshot',
  restore: 'RestoreDBInstanceFromDBSnapshot',
} as const;
const states = { backup: ['FAILED', 'ABORTED', 'PARTIAL'], copy: ['FAILED', 'PARTIAL'], restore: ['FAILED', 'ABORTED'] } as const;

/** Jobs of AWS Backup that are accepted and end without a result. */
export const jobFailed: Fault = {
  name: 'job-failed',
  description: 'jobs of AWS Backup that begin in one region (copies: that go there) end FAILED, ABORTED or PARTIAL, with a StatusMessage',
  parameters: {
    job: 'backup, copy or restore (default: restore)',
    state: 'FAILED; backups and restores may be ABORTED, backups and copies PARTIAL (default: FAILED)',
    message: 'the StatusMessage (default: an internal error)',
  },
  inject: (_world, target) => {
    const job = oneOf(target, 'job', ['backup', 'copy', 'restore'], 'restore');
    const possible: readonly string[] = states[job];
    const state = oneOf(target, 'state', ['FAILED', 'ABORTED', 'PARTIAL'], 'FAILED');
    if (!possible.includes(state)) throw new ImpossibleFault(`a ${job} job is never ${state}: it may be ${possible.join(' or ')}`);
    const message =
      optionalText(target, 'message') ?? `The ${job} job failed because of an internal error. Try again, or contact AWS Support.`;
    return {
      call: (call) => {
        if (!isAnsweredIn(target.region, 'rds', call) || call.ctx.caller.via !== 'backup' || call.operation !== work[job]) return;
        throw new AwsError('InternalFailure', message, { status: 500, fault: 'server', fields: { jobState: state } });
      },
    };
  },
};
