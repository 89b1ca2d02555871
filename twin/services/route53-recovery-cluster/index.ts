import type * as Cluster from '@aws-sdk/client-route53-recovery-cluster';
import { defineService } from '../service.js';
import { routingStateOperations } from './routing-states.js';

/** ARC's routing controls: what each of a cluster's endpoints answers. */
export const route53RecoveryCluster = defineService<typeof Cluster>({
  id: 'route53-recovery-cluster',
  reach: 'regional',
  operations: routingStateOperations,
  dataPlane: Object.keys(routingStateOperations),
});
