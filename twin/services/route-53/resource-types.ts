import type { ResourceType } from '../service.js';
import { healthCheck } from './health-check-resource.js';
import { recordSet, recordSetGroup } from './record-set-resources.js';
import { hostedZone } from './zone-resource.js';

/** CloudFormation types that Route 53 backs. */
export const resourceTypes: readonly ResourceType[] = [hostedZone, recordSet, recordSetGroup, healthCheck];
