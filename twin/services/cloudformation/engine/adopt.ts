import type { ResourceRecord } from '../records.js';
import { readBack } from '../read-back.js';
import { failureReason } from './failure-reason.js';
import type { Job } from './job.js';
import { askUntil, type Moment } from './moment.js';
import { recordResource } from './progress.js';
import type { ResourceType } from '../../service.js';
import type { Settle } from './walk.js';

/** Takes an existing resource into the stack as it is: an import changes nothing in the service that owns it. */
export const adopt = (job: Job, type: ResourceType, wanted: ResourceRecord, moment: Moment, settle: Settle): void => {
  const physicalId = job.adoptions.get(wanted.logicalId)!;
  const record = recordResource(
    job.stack,
    { ...wanted, physicalId, adopted: true },
    'IMPORT_IN_PROGRESS',
    moment.ctx,
    'Resource import started.',
  );
  const look = async (now: Moment): Promise<ResourceRecord | string> => {
    try {
      const found = await readBack({ existing: type.existing! }, physicalId, now.ctx);
      if (!found) return `Resource of type '${type.type}' with identifier '${physicalId}' was not found.`;
      return { ...record, attributes: found.attributes ?? {} };
    } catch (error) {
      return failureReason(error, now.ctx);
    }
  };
  askUntil(moment, `${record.logicalId} is imported`, 0, look, (answer, now) => {
    if (typeof answer === 'object') {
      recordResource(job.stack, answer, 'IMPORT_COMPLETE', now.ctx, 'Resource import completed.');
      return settle(now);
    }
    recordResource(job.stack, record, 'IMPORT_FAILED', now.ctx, answer);
    settle(now, answer);
  });
};
