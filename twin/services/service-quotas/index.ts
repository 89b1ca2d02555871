import type * as ServiceQuotas from '@aws-sdk/client-service-quotas';
import { defineService } from '../service.js';
import { quotas } from './quotas.js';

/** Service Quotas: what AWS lets an account have in a region, as far as the twin is asked for it. */
export const serviceQuotas = defineService<typeof ServiceQuotas>({
  id: 'service-quotas',
  reach: 'regional',
  operations: quotas,
});
