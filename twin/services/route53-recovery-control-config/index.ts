import type { Service } from '../service.js';
import { clusterResource } from './cluster-resource.js';
import { controlPanel, routingControl, safetyRule } from './control-resources.js';
import { describing } from './describing.js';
import { configurationApi } from './schemas.js';
import { shown } from './shown.js';

/** The configuration of ARC's routing controls: made by CloudFormation, described by its API. */
export const route53RecoveryControlConfig: Service = {
  id: 'route53-recovery-control-config',
  sdk: async () => configurationApi,
  reach: 'regional',
  operations: describing,
  resourceTypes: [clusterResource, controlPanel, routingControl, safetyRule],
  shown,
};
