import type * as EC2 from '@aws-sdk/client-ec2';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { described } from './describe.js';
import { dependencyViolation, ec2Error, find, network, newId, type InternetGateway } from './records.js';
import { tagNew } from './tags.js';

export const internetGateways = {
  CreateInternetGateway: (input, ctx) => {
    accept('ec2.CreateInternetGateway', input, ['TagSpecifications']);
    const gateway: InternetGateway = { InternetGatewayId: newId(ctx, 'igw'), OwnerId: ctx.account, Attachments: [] };
    network(ctx).internetGateways.set(gateway.InternetGatewayId, gateway);
    tagNew(ctx, gateway.InternetGatewayId, 'internet-gateway', input.TagSpecifications);
    return { InternetGateway: gateway };
  },
  AttachInternetGateway: ({ InternetGatewayId, VpcId }, ctx) => {
    const gateway = find(ctx, 'internetGateways', InternetGatewayId);
    const vpc = find(ctx, 'vpcs', VpcId);
    const attached = gateway.Attachments[0]?.VpcId;
    if (attached !== undefined) {
      throw ec2Error('Resource.AlreadyAssociated', `resource ${gateway.InternetGatewayId} is already attached to network ${attached}`);
    }
    const has = [...network(ctx).internetGateways.values()].some(({ Attachments }) => Attachments.some((each) => each.VpcId === vpc.VpcId));
    if (has) throw ec2Error('InvalidParameterValue', `Network ${vpc.VpcId} already has an internet gateway attached`);
    gateway.Attachments = [{ VpcId: vpc.VpcId, State: 'available' as EC2.AttachmentStatus }];
    return {};
  },
  DetachInternetGateway: ({ InternetGatewayId, VpcId }, ctx) => {
    const gateway = find(ctx, 'internetGateways', InternetGatewayId);
    if (gateway.Attachments[0]?.VpcId !== VpcId) {
      throw ec2Error('Gateway.NotAttached', `resource ${InternetGatewayId} is not attached to network ${VpcId}`);
    }
    const mapped = [...network(ctx).natGateways.values()].some(
      (nat) => nat.VpcId === VpcId && nat.State !== 'deleted' && nat.ConnectivityType === 'public',
    );
    if (mapped) {
      throw ec2Error(
        'DependencyViolation',
        `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      );
    }
    gateway.Attachments = [];
    return {};
  },
  DescribeInternetGateways: (input, ctx) => {
    accept('ec2.DescribeInternetGateways', input, ['InternetGatewayIds', 'Filters', 'NextToken', 'MaxResults']);
    const { items, next } = described(ctx, 'internetGateways', {
      ids: input.InternetGatewayIds,
      asked: input,
      idOf: ({ InternetGatewayId }) => InternetGatewayId,
      fields: {
        'internet-gateway-id': ({ InternetGatewayId }) => InternetGatewayId,
        'attachment.vpc-id': ({ Attachments }) => Attachments.map(({ VpcId }) => VpcId),
        'attachment.state': ({ Attachments }) => Attachments.map(({ State }) => State),
        'owner-id': ({ OwnerId }) => OwnerId,
      },
    });
    return { InternetGateways: items, NextToken: next };
  },
  DeleteInternetGateway: ({ InternetGatewayId }, ctx) => {
    const gateway = find(ctx, 'internetGateways', InternetGatewayId);
    if (gateway.Attachments.length > 0) throw dependencyViolation('internetGateway', gateway.InternetGatewayId);
    network(ctx).internetGateways.delete(gateway.InternetGatewayId);
    network(ctx).tags.delete(gateway.InternetGatewayId);
    return {};
  },
} satisfies Operations<typeof EC2>;
