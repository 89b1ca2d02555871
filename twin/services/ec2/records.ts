import type * as EC2 from '@aws-sdk/client-ec2';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import { freshId } from '../fresh-id.js';

/** A record whose named members are always there. */
export type Held<T, Names extends keyof T> = T & { [Name in Names]-?: NonNullable<T[Name]> };

export type Vpc = Held<EC2.Vpc, 'VpcId' | 'CidrBlock'> & { dnsSupport: boolean; dnsHostnames: boolean };
export type Subnet = Held<EC2.Subnet, 'SubnetId' | 'VpcId' | 'CidrBlock' | 'AvailabilityZone'>;
export type RouteTable = Held<EC2.RouteTable, 'RouteTableId' | 'VpcId' | 'Routes' | 'Associations'>;
export type InternetGateway = Held<EC2.InternetGateway, 'InternetGatewayId' | 'Attachments'>;
export type NatGateway = Held<EC2.NatGateway, 'NatGatewayId' | 'SubnetId' | 'VpcId' | 'State' | 'NatGatewayAddresses'>;
export type Address = Held<EC2.Address, 'AllocationId' | 'PublicIp'>;
export type SecurityGroup = Held<EC2.SecurityGroup, 'GroupId' | 'GroupName' | 'VpcId'>;
export type SecurityGroupRule = Held<EC2.SecurityGroupRule, 'SecurityGroupRuleId' | 'GroupId' | 'IsEgress' | 'IpProtocol'>;
export type NetworkAcl = Held<EC2.NetworkAcl, 'NetworkAclId' | 'VpcId' | 'Associations'>;
export type VpcEndpoint = Held<
  EC2.VpcEndpoint,
  'VpcEndpointId' | 'VpcId' | 'ServiceName' | 'State' | 'RouteTableIds' | 'NetworkInterfaceIds'
>;
export type NetworkInterface = Held<EC2.NetworkInterface, 'NetworkInterfaceId' | 'SubnetId' | 'VpcId' | 'PrivateIpAddress' | 'Groups'>;
export type FlowLog = Held<EC2.FlowLog, 'FlowLogId' | 'ResourceId'>;

const key = regional('ec2.network', () => ({
  vpcs: new Map<string, Vpc>(),
  subnets: new Map<string, Subnet>(),
  routeTables: new Map<string, RouteTable>(),
  internetGateways: new Map<string, InternetGateway>(),
  natGateways: new Map<string, NatGateway>(),
  addresses: new Map<string, Address>(),
  securityGroups: new Map<string, SecurityGroup>(),
  rules: new Map<string, SecurityGroupRule>(),
  acls: new Map<string, NetworkAcl>(),
  endpoints: new Map<string, VpcEndpoint>(),
  interfaces: new Map<string, NetworkInterface>(),
  flowLogs: new Map<string, FlowLog>(),
  /** By resource id, whatever the resource is. */
  tags: new Map<string, EC2.Tag[]>(),
  /** What was made for a client token, so that a repeated request makes nothing new. */
  byToken: new Map<string, string>(),
}));

/** All records of the network in this region. */
export const network = (ctx: Context) => ctx.state(key);

/** `vpc-0a1b…`: prefix and 17 hexadecimal digits. */
export const newId = (ctx: Context, prefix: string): string => `${prefix}-0${freshId(ctx, `ec2.${prefix}`, 16)}`;

/** EC2 has no error shapes: the code is the whole contract. */
export const ec2Error = (code: string, message: string): AwsError => new AwsError(code, message, { status: 400 });

export const dependencyViolation = (what: string, id: string): AwsError =>
  ec2Error('DependencyViolation', `The ${what} '${id}' has dependencies and cannot be deleted.`);

const kinds = {
  vpcs: ['InvalidVpcID.NotFound', 'vpc ID'],
  subnets: ['InvalidSubnetID.NotFound', 'subnet ID'],
  routeTables: ['InvalidRouteTableID.NotFound', 'routeTable ID'],
  internetGateways: ['InvalidInternetGatewayID.NotFound', 'internetGateway ID'],
  natGateways: ['NatGatewayNotFound', 'Nat Gateway'],
  addresses: ['InvalidAllocationID.NotFound', 'allocation ID'],
  securityGroups: ['InvalidGroup.NotFound', 'security group'],
  rules: ['InvalidSecurityGroupRuleId.NotFound', 'security group rule ID'],
  acls: ['InvalidNetworkAclID.NotFound', 'networkAcl ID'],
  endpoints: ['InvalidVpcEndpointId.NotFound', 'Vpc Endpoint Id'],
  interfaces: ['InvalidNetworkInterfaceID.NotFound', 'networkInterface ID'],
  flowLogs: ['InvalidFlowLogId.NotFound', 'flow log ID'],
} as const;
type Kind = keyof typeof kinds;
type RecordOf<K extends Kind> = ReturnType<typeof network>[K] extends Map<string, infer R> ? R : never;

/** The record with this id, or EC2's error for its kind. */
export const find = <K extends Kind>(ctx: Context, kind: K, id: string | undefined): RecordOf<K> => {
  const found = (network(ctx)[kind] as Map<string, RecordOf<K>>).get(id ?? '');
  if (found) return found;
  if (id === undefined) throw ec2Error('MissingParameter', `The request must contain the parameter ${kinds[kind][1]}`);
  throw ec2Error(kinds[kind][0], `The ${kinds[kind][1]} '${id}' does not exist`);
};
