import type * as EC2 from '@aws-sdk/client-ec2';
import { defineService } from '../service.js';
import { accountAttributes } from './account-attributes.js';
import { addresses } from './addresses.js';
import { flowLogs } from './flow-logs.js';
import { internetGateways } from './internet-gateways.js';
import { natGateways } from './nat-gateways.js';
import { networkInterfaces } from './network-interfaces.js';
import { resourceTypes } from './resource-types/index.js';
import { routeTables } from './route-tables.js';
import { routes } from './routes.js';
import { securityGroupRules } from './security-group-rules.js';
import { securityGroups } from './security-groups.js';
import { subnets } from './subnets.js';
import { tags } from './tags.js';
import { vpcEndpoints } from './vpc-endpoints.js';
import { vpcs } from './vpcs.js';
import { zones } from './zones.js';

/** Elastic Compute Cloud: its networks, as records. No packet passes through them. */
export const ec2 = defineService<typeof EC2>({
  id: 'ec2',
  reach: 'regional',
  operations: {
    ...accountAttributes,
    ...zones,
    ...vpcs,
    ...subnets,
    ...routeTables,
    ...routes,
    ...internetGateways,
    ...natGateways,
    ...addresses,
    ...securityGroups,
    ...securityGroupRules,
    ...vpcEndpoints,
    ...networkInterfaces,
    ...flowLogs,
    ...tags,
  },
  resourceTypes,
});
