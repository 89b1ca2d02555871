import type * as STS from '@aws-sdk/client-sts';
import { defineService } from '../service.js';
import { operations } from './operations.js';

/** Security Token Service: who is calling, and temporary credentials. */
export const sts = defineService<typeof STS>({
  id: 'sts',
  reach: 'regional',
  operations,
  dataPlane: ['GetCallerIdentity', 'AssumeRole', 'GetSessionToken'],
});
