import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import { defineService } from '../service.js';
import { events } from './events.js';
import { groups } from './groups.js';
import { metricFilters } from './metric-filters.js';
import { resourceTypes } from './resource-types.js';
import { streams } from './streams.js';

/** CloudWatch Logs: groups, streams and the lines in them. */
export const cloudWatchLogs = defineService<typeof Logs>({
  id: 'cloudwatch-logs',
  reach: 'regional',
  operations: { ...groups, ...streams, ...events, ...metricFilters },
  resourceTypes,
  dataPlane: Object.keys(events),
});
