import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { described } from './describe.js';
import { dependencyViolation, ec2Error, find, network, newId, type RouteTable, type Vpc } from './records.js';
import { withStates } from './routes.js';
import { tagNew } from './tags.js';

export const addRouteTable = (ctx: Context, vpc: Vpc): RouteTable => {
  const RouteTableId = newId(ctx, 'rtb');
  const table: RouteTable = {
    RouteTableId,
    VpcId: vpc.VpcId,
    OwnerId: ctx.account,
    PropagatingVgws: [],
    Associations: [],
    Routes: [{ DestinationCidrBlock: vpc.CidrBlock, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' }],
  };
  network(ctx).routeTables.set(RouteTableId, table);
  return table;
};

/** The table and association with this id; the main association of a VPC cannot be taken away. */
const associationAt = (ctx: Context, id: string | undefined): { table: RouteTable; association: EC2.RouteTableAssociation } => {
  for (const table of network(ctx).routeTables.values()) {
    const association = table.Associations.find(({ RouteTableAssociationId }) => RouteTableAssociationId === id);
    if (association) return { table, association };
  }
  throw ec2Error('InvalidAssociationID.NotFound', `The association ID '${id}' does not exist`);
};
const associate = (ctx: Context, table: RouteTable, SubnetId: string): string => {
  const RouteTableAssociationId = newId(ctx, 'rtbassoc');
  table.Associations.push({
    Main: false,
    RouteTableAssociationId,
    RouteTableId: table.RouteTableId,
    SubnetId,
    AssociationState: { State: 'associated' },
  });
  return RouteTableAssociationId;
};
const remove = (table: RouteTable, association: EC2.RouteTableAssociation): void => {
  table.Associations = table.Associations.filter((held) => held !== association);
};

export const routeTables = {
  CreateRouteTable: (input, ctx) => {
    accept('ec2.CreateRouteTable', input, ['VpcId', 'TagSpecifications', 'ClientToken']);
    const vpc = find(ctx, 'vpcs', input.VpcId);
    const table = addRouteTable(ctx, vpc);
    tagNew(ctx, table.RouteTableId, 'route-table', input.TagSpecifications);
    return { RouteTable: table };
  },
  DescribeRouteTables: (input, ctx) => {
    accept('ec2.DescribeRouteTables', input, ['RouteTableIds', 'Filters', 'NextToken', 'MaxResults']);
    const { items, next } = described(ctx, 'routeTables', {
      ids: input.RouteTableIds,
      asked: input,
      idOf: ({ RouteTableId }) => RouteTableId,
      fields: {
        'route-table-id': ({ RouteTableId }) => RouteTableId,
        'vpc-id': ({ VpcId }) => VpcId,
        'association.main': ({ Associations }) => Associations.map(({ Main }) => String(Main)),
        'association.subnet-id': ({ Associations }) => Associations.map(({ SubnetId }) => SubnetId),
        'association.route-table-association-id': ({ Associations }) => Associations.map((each) => each.RouteTableAssociationId),
        'route.destination-cidr-block': ({ Routes }) => Routes.map(({ DestinationCidrBlock }) => DestinationCidrBlock),
        'route.gateway-id': ({ Routes }) => Routes.map(({ GatewayId }) => GatewayId),
        'route.nat-gateway-id': ({ Routes }) => Routes.map(({ NatGatewayId }) => NatGatewayId),
      },
    });
    return { RouteTables: items.map((table) => ({ ...table, Routes: withStates(ctx, table) })), NextToken: next };
  },
  DeleteRouteTable: ({ RouteTableId }, ctx) => {
    const table = find(ctx, 'routeTables', RouteTableId);
    if (table.Associations.length > 0) throw dependencyViolation('routeTable', table.RouteTableId);
    network(ctx).routeTables.delete(table.RouteTableId);
    network(ctx).tags.delete(table.RouteTableId);
    return {};
  },
  AssociateRouteTable: (input, ctx) => {
    accept('ec2.AssociateRouteTable', input, ['RouteTableId', 'SubnetId']);
    const table = find(ctx, 'routeTables', input.RouteTableId);
    const subnet = find(ctx, 'subnets', input.SubnetId);
    if (subnet.VpcId !== table.VpcId) {
      throw ec2Error(
        'InvalidParameterValue',
        `Route table ${table.RouteTableId} and network ${subnet.SubnetId} belong to different networks`,
      );
    }
    const explicit = [...network(ctx).routeTables.values()].some(({ Associations }) =>
      Associations.some((each) => each.SubnetId === subnet.SubnetId),
    );
    if (explicit) {
      throw ec2Error(
        'Resource.AlreadyAssociated',
        `the specified association for route table ${table.RouteTableId} conflicts with an existing association`,
      );
    }
    return { AssociationId: associate(ctx, table, subnet.SubnetId), AssociationState: { State: 'associated' as const } };
  },
  ReplaceRouteTableAssociation: ({ AssociationId, RouteTableId }, ctx) => {
    const { table, association } = associationAt(ctx, AssociationId);
    const target = find(ctx, 'routeTables', RouteTableId);
    if (association.SubnetId === undefined) {
      throw ec2Error('InvalidParameterValue', `cannot replace the main association ${AssociationId} of a VPC here`);
    }
    remove(table, association);
    return { NewAssociationId: associate(ctx, target, association.SubnetId), AssociationState: { State: 'associated' as const } };
  },
  DisassociateRouteTable: ({ AssociationId }, ctx) => {
    const { table, association } = associationAt(ctx, AssociationId);
    if (association.Main) throw ec2Error('InvalidParameterValue', `cannot disassociate the main route table association ${AssociationId}`);
    remove(table, association);
    return {};
  },
} satisfies Operations<typeof EC2>;
