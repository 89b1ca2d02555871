import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { defineService } from '../service.js';
import { batchOperations } from './batches.js';
import { itemOperations } from './items.js';
import { queryOperations } from './queries.js';
import { resourceTypes } from './resource-types.js';
import { shown } from './shown.js';
import { tableOperations } from './tables.js';
import { extraOperations } from './table-extras.js';
import { transactionOperations } from './transactions.js';

const data = { ...itemOperations, ...queryOperations, ...batchOperations, ...transactionOperations };

/** DynamoDB: tables with conditional writes, in one region each. */
export const dynamodb = defineService<typeof DynamoDB>({
  id: 'dynamodb',
  reach: 'regional',
  operations: { ...tableOperations, ...extraOperations, ...data },
  resourceTypes,
  shown,
  dataPlane: Object.keys(data),
});
