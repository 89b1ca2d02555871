import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import { defineService } from '../service.js';
import { policyOperations } from './policies.js';
import { resourceTypes } from './resource-types.js';
import { executePolicy } from './scale.js';
import { targetOperations } from './targets.js';

/** Application Auto Scaling of ECS services. `ExecutePolicy` is no operation of the API: no client can send it, CloudWatch's alarms do. */
export const applicationAutoScaling = defineService<typeof Scaling>({
  id: 'application-auto-scaling',
  reach: 'regional',
  operations: { ...targetOperations, ...policyOperations, ...{ ExecutePolicy: executePolicy } },
  resourceTypes,
});
