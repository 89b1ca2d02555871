import type { ResourceType } from '../../service.js';
import { flowLogResource, vpcEndpointResource } from './endpoints.js';
import { securityGroupEgressResource, securityGroupIngressResource, securityGroupResource } from './firewalls.js';
import { elasticIpResource, internetGatewayResource, natGatewayResource, vpcGatewayAttachmentResource } from './gateways.js';
import { subnetResource, vpcResource } from './networks.js';
import { routeResource, routeTableResource, subnetRouteTableAssociationResource } from './routing.js';

/** CloudFormation types that EC2 backs. */
export const resourceTypes: readonly ResourceType[] = [
  vpcResource,
  subnetResource,
  routeTableResource,
  routeResource,
  subnetRouteTableAssociationResource,
  internetGatewayResource,
  vpcGatewayAttachmentResource,
  natGatewayResource,
  elasticIpResource,
  securityGroupResource,
  securityGroupIngressResource,
  securityGroupEgressResource,
  vpcEndpointResource,
  flowLogResource,
];
