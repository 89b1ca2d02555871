import type { ResourceType } from '../service.js';
import { capacityProviders, cluster } from './cluster-resources.js';
import { service } from './service-resource.js';
import { taskDefinition } from './task-definition-resource.js';

/** CloudFormation types that ECS backs. */
export const resourceTypes: readonly ResourceType[] = [cluster, capacityProviders, taskDefinition, service];
