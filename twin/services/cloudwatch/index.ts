import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { defineService } from '../service.js';
import { alarmOperations } from './alarm-operations.js';
import { compositeAlarms } from './composite-alarms.js';
import { dashboardOperations } from './dashboards.js';
import { metricAlarms } from './metric-alarms.js';
import { metricQueries } from './metric-queries.js';
import { metrics } from './metrics.js';
import { resourceTypes } from './resource-types.js';
import { shown } from './shown.js';

/** CloudWatch: metrics, alarms on them, and dashboards. */
export const cloudWatch = defineService<typeof CloudWatch>({
  id: 'cloudwatch',
  reach: 'regional',
  operations: { ...metrics, ...metricQueries, ...metricAlarms, ...compositeAlarms, ...alarmOperations, ...dashboardOperations },
  resourceTypes,
  shown,
  dataPlane: [...Object.keys(metrics), ...Object.keys(metricQueries)],
});
