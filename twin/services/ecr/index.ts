import type * as ECR from '@aws-sdk/client-ecr';
import { defineService } from '../service.js';
import { images } from './images.js';
import { registry } from './registry.js';
import { replicationConfiguration } from './replication-configuration.js';
import { repositories } from './repositories.js';
import { resourceTypes } from './resource-types.js';
import { shown } from './shown.js';

/** Elastic Container Registry: repositories and what images are in them, as records. */
export const ecr = defineService<typeof ECR>({
  id: 'ecr',
  reach: 'regional',
  operations: { ...repositories, ...images, ...registry },
  resourceTypes: [...resourceTypes, replicationConfiguration],
  shown,
  dataPlane: ['BatchGetImage', 'PutImage', 'GetAuthorizationToken'],
});
