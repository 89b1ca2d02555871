import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { defineService } from '../service.js';
import { accountLimits } from './account-limits.js';
import { attributeOperations } from './attributes.js';
import { listenerOperations } from './listeners.js';
import { loadBalancerOperations } from './load-balancers.js';
import { resourceTypes } from './resource-types.js';
import { shown } from './shown.js';
import { tagOperations } from './tags.js';
import { targetGroupOperations } from './target-groups.js';
import { targetOperations } from './targets.js';

/** Elastic Load Balancing v2: application load balancers over HTTP. */
export const elasticLoadBalancingV2 = defineService<typeof Elb>({
  id: 'elastic-load-balancing-v2',
  reach: 'regional',
  operations: {
    ...loadBalancerOperations,
    ...targetGroupOperations,
    ...targetOperations,
    ...listenerOperations,
    ...attributeOperations,
    ...tagOperations,
    ...accountLimits,
  },
  resourceTypes,
  shown,
});
