import { acceptProperties } from '../../members.js';
import type { ResourceProperties, ResourceType } from '../../service.js';
import { retag, tagSpecifications, unlessGone } from './tagging.js';

export const routeTableResource: ResourceType = {
  type: 'AWS::EC2::RouteTable',
  replacedOn: ['VpcId'],
  create: async (properties, ctx) => {
    acceptProperties('AWS::EC2::RouteTable', properties, ['VpcId', 'Tags']);
    const { RouteTable } = await ctx.call<{ RouteTable: { RouteTableId: string; VpcId: string } }>('ec2', 'CreateRouteTable', {
      VpcId: properties.VpcId,
      TagSpecifications: tagSpecifications('route-table', properties),
    });
    const { RouteTableId, VpcId } = RouteTable;
    return { physicalId: RouteTableId, attributes: { RouteTableId, VpcId } };
  },
  update: async (RouteTableId, properties, previous, ctx) => {
    await retag(ctx, RouteTableId, properties, previous);
    return { physicalId: RouteTableId, attributes: { RouteTableId, VpcId: properties.VpcId } };
  },
  delete: (RouteTableId, _properties, ctx) => unlessGone(ctx.call('ec2', 'DeleteRouteTable', { RouteTableId })),
};

const routeInput = (properties: ResourceProperties): object => {
  acceptProperties('AWS::EC2::Route', properties, ['RouteTableId', 'DestinationCidrBlock', 'GatewayId', 'NatGatewayId']);
  const { RouteTableId, DestinationCidrBlock, GatewayId, NatGatewayId } = properties;
  return { RouteTableId, DestinationCidrBlock, GatewayId, NatGatewayId };
};

export const routeResource: ResourceType = {
  type: 'AWS::EC2::Route',
  replacedOn: ['RouteTableId', 'DestinationCidrBlock'],
  create: async (properties, ctx) => {
    await ctx.call('ec2', 'CreateRoute', routeInput(properties));
    const CidrBlock = String(properties.DestinationCidrBlock);
    return { physicalId: `${String(properties.RouteTableId)}|${CidrBlock}`, attributes: { CidrBlock } };
  },
  update: async (physicalId, properties, _previous, ctx) => {
    await ctx.call('ec2', 'ReplaceRoute', routeInput(properties));
    return { physicalId, attributes: { CidrBlock: properties.DestinationCidrBlock } };
  },
  delete: (physicalId, _properties, ctx) => {
    const [RouteTableId, DestinationCidrBlock] = physicalId.split('|');
    return unlessGone(ctx.call('ec2', 'DeleteRoute', { RouteTableId, DestinationCidrBlock }));
  },
};

export const subnetRouteTableAssociationResource: ResourceType = {
  type: 'AWS::EC2::SubnetRouteTableAssociation',
  replacedOn: ['SubnetId'],
  create: async (properties, ctx) => {
    acceptProperties('AWS::EC2::SubnetRouteTableAssociation', properties, ['RouteTableId', 'SubnetId']);
    const { RouteTableId, SubnetId } = properties;
    const { AssociationId } = await ctx.call<{ AssociationId: string }>('ec2', 'AssociateRouteTable', { RouteTableId, SubnetId });
    return { physicalId: AssociationId, attributes: { Id: AssociationId } };
  },
  update: async (AssociationId, properties, _previous, ctx) => {
    const { RouteTableId } = properties;
    const replaced = { AssociationId, RouteTableId };
    const { NewAssociationId } = await ctx.call<{ NewAssociationId: string }>('ec2', 'ReplaceRouteTableAssociation', replaced);
    return { physicalId: NewAssociationId, attributes: { Id: NewAssociationId } };
  },
  delete: (AssociationId, _properties, ctx) => unlessGone(ctx.call('ec2', 'DisassociateRouteTable', { AssociationId })),
};
