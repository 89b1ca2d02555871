import type * as SNS from '@aws-sdk/client-sns';
import { defineService } from '../service.js';
import { publishing } from './publishing.js';
import { resourceTypes } from './resource-types.js';
import { subscriptions } from './subscriptions.js';
import { topics } from './topics.js';

/** SNS: topics, who subscribes to them, and notifications brought to queues. */
export const sns = defineService<typeof SNS>({
  id: 'sns',
  reach: 'regional',
  operations: { ...topics, ...subscriptions, ...publishing },
  resourceTypes,
  dataPlane: Object.keys(publishing),
});
