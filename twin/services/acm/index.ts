import type * as Acm from '@aws-sdk/client-acm';
import { defineService } from '../service.js';
import { certificate } from './certificate-resource.js';
import { certificateOperations } from './certificates.js';
import { tagOperations } from './tags.js';

/** AWS Certificate Manager: public certificates, issued once their names are proven by DNS. */
export const acm = defineService<typeof Acm>({
  id: 'acm',
  reach: 'regional',
  operations: { ...certificateOperations, ...tagOperations },
  resourceTypes: [certificate],
});
