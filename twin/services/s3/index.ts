import type * as S3 from '@aws-sdk/client-s3';
import { defineService } from '../service.js';
import { bucketPolicy } from './bucket-policy.js';
import { bucketSettings } from './bucket-settings.js';
import { buckets } from './buckets.js';
import { copy } from './copy.js';
import { listing } from './listing.js';
import { multipart } from './multipart.js';
import { objectDeletes } from './object-deletes.js';
import { objectLockSettings, objectRetention } from './object-lock.js';
import { objects } from './objects.js';
import { replicationSettings } from './replication-settings.js';
import { resourceTypes } from './resource-types.js';
import { shown } from './shown.js';

const objectOperations = { ...objects, ...objectDeletes, ...copy, ...listing, ...multipart, ...objectRetention };

/** Simple Storage Service: buckets in a region each, their names shared by the whole partition. */
export const s3 = defineService<typeof S3>({
  id: 's3',
  reach: 'regional',
  operations: { ...buckets, ...bucketSettings, ...bucketPolicy, ...objectLockSettings, ...replicationSettings, ...objectOperations },
  resourceTypes,
  shown,
  dataPlane: ['HeadBucket', ...Object.keys(objectOperations)],
});
