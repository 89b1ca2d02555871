import type * as R53 from '@aws-sdk/client-route-53';
import { defineService } from '../service.js';
import { changeOperations } from './changes.js';
import { serveAnswers } from './data-plane.js';
import { healthCheckOperations } from './health-checks.js';
import { recordSetOperations } from './record-sets.js';
import { resourceTypes } from './resource-types.js';
import { shown } from './shown.js';
import { testAnswerOperations } from './test-answer.js';
import { tagOperations } from './tags.js';
import { zoneOperations } from './zones.js';

/** Route 53: public zones, simple, failover and weighted records, health checks. */
export const route53 = defineService<typeof R53>({
  id: 'route-53',
  reach: 'global',
  operations: {
    ...zoneOperations,
    ...recordSetOperations,
    ...changeOperations,
    ...healthCheckOperations,
    ...tagOperations,
    ...testAnswerOperations,
  },
  resourceTypes,
  shown,
  begin: serveAnswers,
});
