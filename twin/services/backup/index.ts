import type * as Backup from '@aws-sdk/client-backup';
import { defineService } from '../service.js';
import { backupJobs } from './backup-jobs.js';
import { copyJobs } from './copy-jobs.js';
import { plans } from './plans.js';
import { recoveryPoints } from './recovery-points.js';
import { resourceTypes } from './resource-types.js';
import { shown } from './shown.js';
import { restoreJobs } from './restore-jobs.js';
import { selections } from './selections.js';
import { tags } from './tags.js';
import { vaults } from './vaults.js';

export const backup = defineService<typeof Backup>({
  id: 'backup',
  reach: 'regional',
  operations: { ...vaults, ...recoveryPoints, ...backupJobs, ...copyJobs, ...restoreJobs, ...plans, ...selections, ...tags },
  resourceTypes,
  shown,
});
