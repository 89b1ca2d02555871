import type * as RDS from '@aws-sdk/client-rds';
import { defineService } from '../service.js';
import { automatedBackups } from './automated-backups.js';
import { copySnapshot } from './copy-snapshot.js';
import { createInstance } from './create-instance.js';
import { createReplica } from './create-replica.js';
import { deleteInstance } from './delete-instance.js';
import { describeInstances } from './describe-instances.js';
import { engines } from './engines.js';
import { modifyInstance } from './modify-instance.js';
import { optionGroups } from './option-groups.js';
import { parameterGroups } from './parameter-groups.js';
import { power } from './power.js';
import { promoteReplica } from './promote-replica.js';
import { accountAttributes } from './quotas.js';
import { replicateBackups } from './replicate-backups.js';
import { resourceTypes } from './resource-types.js';
import { shown } from './shown.js';
import { restoreInstance } from './restore-instance.js';
import { restoreToTime } from './restore-to-time.js';
import { snapshots } from './snapshots.js';
import { subnetGroups } from './subnet-groups.js';
import { tags } from './tags.js';

export const rds = defineService<typeof RDS>({
  id: 'rds',
  reach: 'regional',
  operations: {
    ...createInstance,
    ...describeInstances,
    ...modifyInstance,
    ...deleteInstance,
    ...power,
    ...snapshots,
    ...copySnapshot,
    ...restoreInstance,
    ...restoreToTime,
    ...automatedBackups,
    ...replicateBackups,
    ...createReplica,
    ...promoteReplica,
    ...accountAttributes,
    ...subnetGroups,
    ...parameterGroups,
    ...optionGroups,
    ...engines,
    ...tags,
  },
  resourceTypes,
  shown,
});
