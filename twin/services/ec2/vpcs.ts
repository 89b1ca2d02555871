import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { cidrText, parseCidr } from './cidr.js';
import { described } from './describe.js';
import { dependencyViolation, ec2Error, find, network, newId, type Vpc } from './records.js';
import { addRouteTable } from './route-tables.js';
import { addSecurityGroup } from './security-groups.js';
import { addRules } from './security-group-rules.js';
import { tagNew } from './tags.js';

/** VPCs of an account in a region (VPC user guide, "Amazon VPC quotas"). Nobody can raise it. */
export const mostVpcs = 5;

export const vpcs = {
  CreateVpc: (input, ctx) => {
    accept('ec2.CreateVpc', input, [
      'CidrBlock',
      'TagSpecifications',
      ...(input.InstanceTenancy === 'default' ? (['InstanceTenancy'] as const) : []),
    ]);
    const given = need(input.CidrBlock, 'CidrBlock', 'MissingParameter');
    const block = parseCidr(given);
    if (!block)
      throw ec2Error('InvalidParameterValue', `Value (${given}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`);
    if (block.bits < 16 || block.bits > 28) throw ec2Error('InvalidVpc.Range', `The CIDR '${given}' is invalid.`);
    if (network(ctx).vpcs.size >= mostVpcs) throw ec2Error('VpcLimitExceeded', 'The maximum number of VPCs has been reached.');
    const VpcId = newId(ctx, 'vpc');
    const cidr = cidrText(block);
    const vpc: Vpc = {
      VpcId,
      CidrBlock: cidr,
      CidrBlockAssociationSet: [{ AssociationId: newId(ctx, 'vpc-cidr-assoc'), CidrBlock: cidr, CidrBlockState: { State: 'associated' } }],
      Ipv6CidrBlockAssociationSet: [],
      OwnerId: ctx.account,
      InstanceTenancy: 'default',
      IsDefault: false,
      State: 'available',
      DhcpOptionsId: `dopt-0${ctx.chance.stream(`ec2.dhcp/${ctx.region}`).hex(16)}`,
      dnsSupport: true,
      dnsHostnames: false,
    };
    network(ctx).vpcs.set(VpcId, vpc);
    tagNew(ctx, VpcId, 'vpc', input.TagSpecifications);
    addWhatEveryVpcHas(ctx, vpc);
    return { Vpc: answered(vpc) };
  },
  DescribeVpcs: (input, ctx) => {
    accept('ec2.DescribeVpcs', input, ['VpcIds', 'Filters', 'NextToken', 'MaxResults']);
    const { items, next } = described(ctx, 'vpcs', {
      ids: input.VpcIds,
      asked: input,
      idOf: ({ VpcId }) => VpcId,
      fields: {
        'vpc-id': ({ VpcId }) => VpcId,
        cidr: ({ CidrBlock }) => CidrBlock,
        'cidr-block-association.cidr-block': ({ CidrBlock }) => CidrBlock,
        state: ({ State }) => State,
        'owner-id': ({ OwnerId }) => OwnerId,
        'is-default': ({ IsDefault }) => IsDefault,
        isDefault: ({ IsDefault }) => IsDefault,
      },
    });
    return { Vpcs: items.map(answered), NextToken: next };
  },
  ModifyVpcAttribute: (input, ctx) => {
    accept('ec2.ModifyVpcAttribute', input, ['VpcId', 'EnableDnsSupport', 'EnableDnsHostnames']);
    const vpc = find(ctx, 'vpcs', input.VpcId);
    if (input.EnableDnsSupport && input.EnableDnsHostnames) {
      throw ec2Error('InvalidParameterCombination', 'Fields enableDnsSupport and enableDnsHostnames cannot be changed in one request');
    }
    vpc.dnsSupport = input.EnableDnsSupport?.Value ?? vpc.dnsSupport;
    vpc.dnsHostnames = input.EnableDnsHostnames?.Value ?? vpc.dnsHostnames;
    return {};
  },
  DescribeVpcAttribute: ({ VpcId, Attribute }, ctx) => {
    const vpc = find(ctx, 'vpcs', VpcId);
    if (Attribute === 'enableDnsSupport') return { VpcId, EnableDnsSupport: { Value: vpc.dnsSupport } };
    if (Attribute === 'enableDnsHostnames') return { VpcId, EnableDnsHostnames: { Value: vpc.dnsHostnames } };
    throw ec2Error('InvalidParameterValue', `Value (${Attribute}) for parameter attribute is invalid.`);
  },
  DeleteVpc: ({ VpcId }, ctx) => {
    const { VpcId: id } = find(ctx, 'vpcs', VpcId);
    const held = network(ctx);
    const inIt = ({ VpcId: other }: { VpcId?: string | undefined }): boolean => other === id;
    const extra = [
      ...[...held.subnets.values(), ...held.endpoints.values(), ...held.interfaces.values()].filter(inIt),
      ...[...held.natGateways.values()].filter((gateway) => inIt(gateway) && gateway.State !== 'deleted'),
      ...[...held.internetGateways.values()].filter(({ Attachments }) => Attachments.some(inIt)),
      ...[...held.securityGroups.values()].filter((group) => inIt(group) && group.GroupName !== 'default'),
      ...[...held.routeTables.values()].filter((table) => inIt(table) && !table.Associations.some(({ Main }) => Main)),
    ];
    if (extra.length > 0) throw dependencyViolation('vpc', id);
    for (const [groupId] of [...held.securityGroups].filter(([, group]) => inIt(group))) {
      held.securityGroups.delete(groupId);
      for (const [ruleId, rule] of held.rules) if (rule.GroupId === groupId) held.rules.delete(ruleId);
    }
    for (const [tableId, table] of held.routeTables) if (inIt(table)) held.routeTables.delete(tableId);
    for (const [aclId, acl] of held.acls) if (inIt(acl)) held.acls.delete(aclId);
    held.vpcs.delete(id);
    held.tags.delete(id);
    return {};
  },
} satisfies Operations<typeof EC2>;

const answered = ({ dnsSupport: _support, dnsHostnames: _hostnames, ...vpc }: Vpc): EC2.Vpc => vpc;

/** AWS makes these with every VPC: a main route table, a network ACL that lets everything through, and the default security group. */
const addWhatEveryVpcHas = (ctx: Context, vpc: Vpc): void => {
  const table = addRouteTable(ctx, vpc);
  table.Associations.push({
    Main: true,
    RouteTableAssociationId: newId(ctx, 'rtbassoc'),
    RouteTableId: table.RouteTableId,
    AssociationState: { State: 'associated' },
  });
  const group = addSecurityGroup(ctx, vpc.VpcId, 'default', 'default VPC security group');
  addRules(ctx, group, false, [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: group.GroupId }] }]);
  const NetworkAclId = newId(ctx, 'acl');
  const everything = (RuleNumber: number, RuleAction: EC2.RuleAction, Egress: boolean) => ({
    RuleNumber,
    RuleAction,
    Egress,
    Protocol: '-1',
    CidrBlock: '0.0.0.0/0',
  });
  network(ctx).acls.set(NetworkAclId, {
    NetworkAclId,
    VpcId: vpc.VpcId,
    OwnerId: ctx.account,
    IsDefault: true,
    Associations: [],
    Entries: [true, false].flatMap((egress) => [everything(100, 'allow', egress), everything(32767, 'deny', egress)]),
  });
};
