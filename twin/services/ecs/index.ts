import type * as Ecs from '@aws-sdk/client-ecs';
import { defineService } from '../service.js';
import { clusterOperations } from './clusters.js';
import { resourceTypes } from './resource-types.js';
import { shown } from './shown.js';
import { serviceOperations } from './services.js';
import { tagOperations } from './tags.js';
import { taskDefinitionOperations } from './task-definitions.js';
import { taskOperations } from './tasks.js';

/** Elastic Container Service on Fargate. */
export const ecs = defineService<typeof Ecs>({
  id: 'ecs',
  reach: 'regional',
  operations: { ...clusterOperations, ...taskDefinitionOperations, ...serviceOperations, ...taskOperations, ...tagOperations },
  resourceTypes,
  shown,
});
