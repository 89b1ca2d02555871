import type * as KMS from '@aws-sdk/client-kms';
import { defineService } from '../service.js';
import { aliases } from './aliases.js';
import { cryptography } from './cryptography.js';
import { keys } from './keys.js';
import { resourceTypes } from './resource-types.js';

export const kms = defineService<typeof KMS>({
  id: 'kms',
  reach: 'regional',
  operations: { ...keys, ...aliases, ...cryptography },
  resourceTypes,
  dataPlane: ['Encrypt', 'Decrypt', 'GenerateDataKey'],
});
