import type { ResourceType } from '../service.js';
import { listener } from './listener-resource.js';
import { loadBalancer } from './load-balancer-resource.js';
import { targetGroup } from './target-group-resource.js';

/** CloudFormation types that Elastic Load Balancing backs. */
export const resourceTypes: readonly ResourceType[] = [loadBalancer, targetGroup, listener];
