import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { defineService } from '../service.js';
import { replication } from './replication.js';
import { resourceTypes } from './resource-types.js';
import { secrets } from './secrets.js';
import { values } from './values.js';

export const secretsManager = defineService<typeof SecretsManager>({
  id: 'secrets-manager',
  reach: 'regional',
  operations: { ...secrets, ...values, ...replication },
  resourceTypes,
  dataPlane: ['GetSecretValue', 'GetRandomPassword'],
});
