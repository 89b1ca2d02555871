import type * as Cluster from '@aws-sdk/client-route53-recovery-cluster';
import { defineService } from '../service.js';
import { clusterResource } from './cluster-resource.js';
import { controlPanel, routingControl, safetyRule } from './control-resources.js';
import { routingStateOperations } from './routing-states.js';
import { shown } from './shown.js';

/** ARC's routing controls: the endpoints of a cluster, and what CloudFormation makes them of. */
export const route53RecoveryCluster = defineService<typeof Cluster>({
  id: 'route53-recovery-cluster',
  reach: 'regional',
  operations: routingStateOperations,
  resourceTypes: [clusterResource, controlPanel, routingControl, safetyRule],
  shown,
  dataPlane: Object.keys(routingStateOperations),
});
