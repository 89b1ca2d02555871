import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { cidrText, parseCidr } from './cidr.js';
import { ec2Error, find, network, type RouteTable } from './records.js';

type RouteInput = Pick<EC2.CreateRouteCommandInput, 'RouteTableId' | 'DestinationCidrBlock' | 'GatewayId' | 'NatGatewayId'>;

/** Routes as they are now: one whose target is gone drops its packets. */
export const withStates = (ctx: Context, table: RouteTable): EC2.Route[] => {
  const { internetGateways, natGateways, endpoints } = network(ctx);
  const there = ({ GatewayId, NatGatewayId }: EC2.Route): boolean => {
    if (NatGatewayId !== undefined) return ['pending', 'available'].includes(natGateways.get(NatGatewayId)?.State ?? '');
    if (GatewayId === undefined || GatewayId === 'local' || endpoints.has(GatewayId)) return true;
    return internetGateways.get(GatewayId)?.Attachments.some(({ VpcId }) => VpcId === table.VpcId) ?? false;
  };
  return table.Routes.map((route) => ({ ...route, State: there(route) ? 'active' : 'blackhole' }));
};

const destinationOf = (input: Pick<RouteInput, 'DestinationCidrBlock'>): string => {
  const given = need(input.DestinationCidrBlock, 'DestinationCidrBlock', 'MissingParameter');
  const block = parseCidr(given);
  if (!block)
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${given}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
    );
  return cidrText(block);
};

const targetOf = (ctx: Context, table: RouteTable, input: RouteInput): Pick<EC2.Route, 'GatewayId' | 'NatGatewayId'> => {
  if ((input.GatewayId === undefined) === (input.NatGatewayId === undefined)) {
    throw ec2Error('InvalidParameterCombination', 'The request must contain exactly one target of the route');
  }
  if (input.NatGatewayId !== undefined) return { NatGatewayId: find(ctx, 'natGateways', input.NatGatewayId).NatGatewayId };
  if (!input.GatewayId!.startsWith('igw-')) {
    throw ec2Error('InvalidGatewayID.NotFound', `The gateway ID '${input.GatewayId}' does not exist`);
  }
  const gateway = find(ctx, 'internetGateways', input.GatewayId);
  if (!gateway.Attachments.some(({ VpcId }) => VpcId === table.VpcId)) {
    throw ec2Error(
      'InvalidParameterValue',
      `route table ${table.RouteTableId} and network gateway ${gateway.InternetGatewayId} belong to different networks`,
    );
  }
  return { GatewayId: gateway.InternetGatewayId };
};

const routeTo = (table: RouteTable, destination: string): EC2.Route | undefined =>
  table.Routes.find(({ DestinationCidrBlock }) => DestinationCidrBlock === destination);

export const routes = {
  CreateRoute: (input, ctx) => {
    accept('ec2.CreateRoute', input, ['RouteTableId', 'DestinationCidrBlock', 'GatewayId', 'NatGatewayId']);
    const table = find(ctx, 'routeTables', input.RouteTableId);
    const destination = destinationOf(input);
    if (routeTo(table, destination)) throw ec2Error('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
    table.Routes.push({ DestinationCidrBlock: destination, ...targetOf(ctx, table, input), Origin: 'CreateRoute' });
    return { Return: true };
  },
  ReplaceRoute: (input, ctx) => {
    accept('ec2.ReplaceRoute', input, ['RouteTableId', 'DestinationCidrBlock', 'GatewayId', 'NatGatewayId']);
    const table = find(ctx, 'routeTables', input.RouteTableId);
    const destination = destinationOf(input);
    const held = routeTo(table, destination);
    if (!held || held.GatewayId === 'local') throw noRoute(destination);
    const replaced = { DestinationCidrBlock: destination, ...targetOf(ctx, table, input), Origin: 'CreateRoute' as const };
    table.Routes = table.Routes.map((route) => (route === held ? replaced : route));
    return {};
  },
  DeleteRoute: (input, ctx) => {
    accept('ec2.DeleteRoute', input, ['RouteTableId', 'DestinationCidrBlock']);
    const table = find(ctx, 'routeTables', input.RouteTableId);
    const destination = destinationOf(input);
    const held = routeTo(table, destination);
    if (!held) throw noRoute(destination);
    if (held.GatewayId === 'local')
      throw ec2Error('InvalidParameterValue', `cannot remove local route ${destination} in route table ${table.RouteTableId}`);
    table.Routes = table.Routes.filter((route) => route !== held);
    return {};
  },
} satisfies Operations<typeof EC2>;

const noRoute = (destination: string) =>
  ec2Error('InvalidRoute.NotFound', `no route with destination-cidr-block ${destination} in route table`);
