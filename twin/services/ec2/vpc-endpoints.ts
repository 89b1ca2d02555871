import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { described } from './describe.js';
import { addInterface, removeInterface } from './network-interfaces.js';
import { ec2Error, find, network, newId, type VpcEndpoint } from './records.js';
import { tagNew } from './tags.js';

const everything = JSON.stringify({ Version: '2008-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });

/** EC2 answers these in lower case, whatever the SDK's type says. */
const wireState = (state: string): EC2.State => state as EC2.State;

const prefixList = (ctx: Context, service: string): string => `pl-${ctx.chance.stream(`ec2.prefix-list/${ctx.region}/${service}`).hex(8)}`;

/** Of another region there are interface endpoints of some services ("Cross-region enabled AWS services", AWS PrivateLink guide). */
const crossRegion = ['s3', 'ecr.api', 'ecr.dkr', 'kms', 'kms-fips', 'ecs', 'lambda', 'kinesis-firehose'];

const checkService = (ctx: Context, type: EC2.VpcEndpointType, service: string, serviceRegion: string): void => {
  const [, region, name] = /^com\.amazonaws\.([a-z0-9-]+)\.(.+)$/.exec(service) ?? [];
  const offered = serviceRegion !== ctx.region ? crossRegion : type === 'Gateway' ? ['s3', 'dynamodb'] : undefined;
  const isHere = serviceRegion === ctx.region || type === 'Interface';
  if (region !== serviceRegion || !isHere || offered?.includes(name ?? '') === false) {
    throw ec2Error('InvalidServiceName', `The Vpc Endpoint Service '${service}' does not exist`);
  }
};

/** An interface endpoint has one network interface in each of its subnets. */
const interfacesFor = (ctx: Context, input: EC2.CreateVpcEndpointCommandInput, id: string): string[] =>
  (input.SubnetIds ?? []).map((subnetId) => {
    const subnet = find(ctx, 'subnets', subnetId);
    const wanted = {
      Description: `VPC Endpoint Interface ${id}`,
      InterfaceType: 'vpc_endpoint' as EC2.NetworkInterfaceType,
      groups: input.SecurityGroupIds ?? [],
    };
    return addInterface(ctx, subnet, wanted).NetworkInterfaceId;
  });

const addGatewayRoutes = (ctx: Context, endpoint: VpcEndpoint): void => {
  for (const id of endpoint.RouteTableIds) {
    const route = {
      DestinationPrefixListId: prefixList(ctx, endpoint.ServiceName),
      GatewayId: endpoint.VpcEndpointId,
      Origin: 'CreateRoute' as const,
    };
    find(ctx, 'routeTables', id).Routes.push(route);
  }
};

export const vpcEndpoints = {
  CreateVpcEndpoint: (input, ctx) => {
    accept('ec2.CreateVpcEndpoint', input, [
      ...(['VpcEndpointType', 'VpcId', 'ServiceName', 'ServiceRegion', 'PolicyDocument', 'RouteTableIds', 'SubnetIds'] as const),
      ...(['SecurityGroupIds', 'PrivateDnsEnabled', 'ClientToken', 'TagSpecifications'] as const),
    ]);
    const earlier = input.ClientToken === undefined ? undefined : network(ctx).byToken.get(`vpce/${input.ClientToken}`);
    if (earlier !== undefined) return { ClientToken: input.ClientToken, VpcEndpoint: find(ctx, 'endpoints', earlier) };
    const vpc = find(ctx, 'vpcs', input.VpcId);
    const type = input.VpcEndpointType ?? 'Gateway';
    if (type !== 'Gateway' && type !== 'Interface')
      throw ec2Error('InvalidParameter', `Endpoint type (${type}) is not modelled by the twin`);
    const service = need(input.ServiceName, 'ServiceName', 'MissingParameter');
    const ServiceRegion = input.ServiceRegion ?? ctx.region;
    checkService(ctx, type, service, ServiceRegion);
    if (input.PrivateDnsEnabled && !(vpc.dnsSupport && vpc.dnsHostnames)) {
      throw ec2Error(
        'InvalidParameter',
        'Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ' + vpc.VpcId,
      );
    }
    for (const id of input.RouteTableIds ?? []) find(ctx, 'routeTables', id);
    const VpcEndpointId = newId(ctx, 'vpce');
    const endpoint: VpcEndpoint = {
      VpcEndpointId,
      VpcEndpointType: type,
      VpcId: vpc.VpcId,
      ServiceName: service,
      ServiceRegion,
      State: wireState(type === 'Gateway' ? 'available' : 'pending'),
      PolicyDocument: input.PolicyDocument ?? everything,
      RouteTableIds: input.RouteTableIds ?? [],
      SubnetIds: input.SubnetIds ?? [],
      Groups: (input.SecurityGroupIds ?? []).map((id) => {
        const { GroupId, GroupName } = find(ctx, 'securityGroups', id);
        return { GroupId, GroupName };
      }),
      PrivateDnsEnabled: input.PrivateDnsEnabled ?? false,
      RequesterManaged: false,
      NetworkInterfaceIds: type === 'Interface' ? interfacesFor(ctx, input, VpcEndpointId) : [],
      DnsEntries:
        type === 'Interface' ? [{ DnsName: `${VpcEndpointId}.${service.split('.').at(-1)}.${ctx.region}.vpce.amazonaws.com` }] : [],
      CreationTimestamp: ctx.date(),
      OwnerId: ctx.account,
    };
    network(ctx).endpoints.set(VpcEndpointId, endpoint);
    if (input.ClientToken !== undefined) network(ctx).byToken.set(`vpce/${input.ClientToken}`, VpcEndpointId);
    tagNew(ctx, VpcEndpointId, 'vpc-endpoint', input.TagSpecifications);
    addGatewayRoutes(ctx, endpoint);
    if (type === 'Interface') {
      ctx.after(
        ctx.takes('ec2.vpc-endpoint'),
        `endpoint ${VpcEndpointId} becomes available`,
        () => void (endpoint.State = wireState('available')),
      );
    }
    return { ClientToken: input.ClientToken, VpcEndpoint: { ...endpoint } };
  },
  DescribeVpcEndpoints: (input, ctx) => {
    accept('ec2.DescribeVpcEndpoints', input, ['VpcEndpointIds', 'Filters', 'NextToken', 'MaxResults']);
    const { items, next } = described(ctx, 'endpoints', {
      ids: input.VpcEndpointIds,
      asked: input,
      idOf: ({ VpcEndpointId }) => VpcEndpointId,
      fields: {
        'vpc-endpoint-id': ({ VpcEndpointId }) => VpcEndpointId,
        'vpc-endpoint-type': ({ VpcEndpointType }) => VpcEndpointType,
        'vpc-endpoint-state': ({ State }) => State,
        'vpc-id': ({ VpcId }) => VpcId,
        'service-name': ({ ServiceName }) => ServiceName,
      },
    });
    return { VpcEndpoints: items, NextToken: next };
  },
  DeleteVpcEndpoints: ({ VpcEndpointIds }, ctx) => {
    const { endpoints, routeTables, tags } = network(ctx);
    const unknown = (VpcEndpointIds ?? []).filter((id) => !endpoints.has(id));
    for (const id of VpcEndpointIds ?? []) {
      for (const eni of endpoints.get(id)?.NetworkInterfaceIds ?? []) removeInterface(ctx, eni);
      for (const table of routeTables.values()) table.Routes = table.Routes.filter(({ GatewayId }) => GatewayId !== id);
      endpoints.delete(id);
      tags.delete(id);
    }
    return {
      Unsuccessful: unknown.map((id) => ({
        ResourceId: id,
        Error: { Code: 'InvalidVpcEndpoint.NotFound', Message: `The VpcEndpoint Id '${id}' does not exist` },
      })),
    };
  },
} satisfies Operations<typeof EC2>;
