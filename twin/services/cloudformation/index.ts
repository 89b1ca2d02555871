import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import { defineService, type Service } from '../service.js';
import { catalogOf } from './catalog.js';
import { changeSets } from './operations/change-sets.js';
import { drift } from './operations/drift.js';
import { looks } from './operations/looks.js';
import { protection } from './operations/protection.js';
import { rollbacks } from './operations/rollbacks.js';
import { stacks } from './operations/stacks.js';
import { templates } from './operations/templates.js';
import { types } from './operations/types.js';
import { resourceTypes } from './resource-types.js';
import { shown } from './shown.js';

export { chargedSeconds } from './engine/operation.js';

/**
 * AWS CloudFormation over the resource types of `services` (itself among them); asked for only when a template comes,
 * so that the registry may name this service while it is being made.
 */
export const cloudFormation = (services: () => readonly Service[]): Service => {
  const catalog = catalogOf(services);
  return defineService<typeof CloudFormation>({
    id: 'cloudformation',
    reach: 'regional',
    operations: {
      ...changeSets(catalog),
      ...stacks(catalog),
      ...rollbacks(catalog),
      ...protection,
      ...drift(catalog),
      ...looks,
      ...templates(catalog),
      ...types(catalog),
    },
    resourceTypes,
    shown,
    dataPlane: ['ValidateTemplate'],
  });
};
