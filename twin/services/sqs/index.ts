import type * as SQS from '@aws-sdk/client-sqs';
import { defineService } from '../service.js';
import { queues } from './queues.js';
import { receiving } from './receiving.js';
import { resourceTypes } from './resource-types.js';
import { shown } from './shown.js';
import { sending } from './sending.js';

/** SQS: standard queues, and what is in them. */
export const sqs = defineService<typeof SQS>({
  id: 'sqs',
  reach: 'regional',
  operations: { ...queues, ...sending, ...receiving },
  resourceTypes,
  shown,
  dataPlane: [...Object.keys(sending), ...Object.keys(receiving)],
});
