import { elasticLoadBalancingV2 } from './elastic-load-balancing-v2/index.js';
import type { Service } from './service.js';

/** Every AWS service the twin has. */
export const services: readonly Service[] = [elasticLoadBalancingV2];
