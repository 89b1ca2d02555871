import type * as SSM from '@aws-sdk/client-ssm';
import { defineService } from '../service.js';
import { readParameters } from './read-parameters.js';
import { resourceTypes } from './resource-types.js';
import { writeParameters } from './write-parameters.js';

/** Systems Manager: the parameter store. */
export const ssm = defineService<typeof SSM>({
  id: 'ssm',
  reach: 'regional',
  operations: { ...readParameters, ...writeParameters },
  resourceTypes,
});
