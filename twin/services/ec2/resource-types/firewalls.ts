import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../../world/context.js';
import { acceptProperties } from '../../members.js';
import type { ResourceProperties, ResourceType } from '../../service.js';
import { asNumber, retag, tagSpecifications, unlessGone } from './tagging.js';

const peerProperties = ['IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'CidrIpv6', 'Description'];
const sides = {
  Ingress: ['SourceSecurityGroupId', 'SourceSecurityGroupOwnerId', 'SourcePrefixListId'],
  Egress: ['DestinationSecurityGroupId', 'DestinationPrefixListId'],
} as const;
type Side = keyof typeof sides;

/** One rule of a template as the API takes it. */
const permission = (side: Side, property: ResourceProperties, known: readonly string[] = []): EC2.IpPermission => {
  acceptProperties(`AWS::EC2::SecurityGroup${side}`, property, [...peerProperties, ...sides[side], ...known]);
  const Description = property.Description as string | undefined;
  const text = (name: string): string | undefined => property[name] as string | undefined;
  const group = text('SourceSecurityGroupId') ?? text('DestinationSecurityGroupId');
  const prefixList = text('SourcePrefixListId') ?? text('DestinationPrefixListId');
  return {
    // YAML makes a number of an unquoted -1.
    IpProtocol: typeof property.IpProtocol === 'number' ? String(property.IpProtocol) : text('IpProtocol'),
    FromPort: asNumber(property.FromPort),
    ToPort: asNumber(property.ToPort),
    ...(property.CidrIp === undefined ? {} : { IpRanges: [{ CidrIp: text('CidrIp'), Description }] }),
    ...(property.CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6: text('CidrIpv6'), Description }] }),
    ...(group === undefined ? {} : { UserIdGroupPairs: [{ GroupId: group, UserId: text('SourceSecurityGroupOwnerId'), Description }] }),
    ...(prefixList === undefined ? {} : { PrefixListIds: [{ PrefixListId: prefixList, Description }] }),
  };
};
const rulesIn = (properties: ResourceProperties, side: Side): EC2.IpPermission[] =>
  ((properties[`SecurityGroup${side}`] ?? []) as ResourceProperties[]).map((rule) => permission(side, rule));
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Takes away the rules that are no longer wanted and adds the new ones. A group without egress rules lets everything out. */
const setRules = async (
  ctx: Context,
  GroupId: string,
  side: Side,
  wanted: EC2.IpPermission[],
  before: EC2.IpPermission[],
): Promise<void> => {
  const gone = before.filter((rule) => !wanted.some((other) => same(rule, other)));
  const added = wanted.filter((rule) => !before.some((other) => same(rule, other)));
  if (gone.length > 0) await unlessGone(ctx.call('ec2', `RevokeSecurityGroup${side}`, { GroupId, IpPermissions: gone }));
  if (added.length > 0) await ctx.call('ec2', `AuthorizeSecurityGroup${side}`, { GroupId, IpPermissions: added });
};
const everythingOut: EC2.IpPermission[] = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
const egressOf = (properties: ResourceProperties): EC2.IpPermission[] => {
  const rules = rulesIn(properties, 'Egress');
  return rules.length > 0 ? rules : everythingOut;
};
const described = (GroupId: string, VpcId: unknown) => ({ physicalId: GroupId, attributes: { GroupId, Id: GroupId, VpcId } });
const known = ['GroupName', 'GroupDescription', 'VpcId', 'SecurityGroupIngress', 'SecurityGroupEgress', 'Tags'];

export const securityGroupResource: ResourceType = {
  type: 'AWS::EC2::SecurityGroup',
  replacedOn: ['GroupName', 'GroupDescription', 'VpcId'],
  create: async (properties, ctx, names) => {
    acceptProperties('AWS::EC2::SecurityGroup', properties, known);
    const { GroupId } = await ctx.call<{ GroupId: string }>('ec2', 'CreateSecurityGroup', {
      GroupName: properties.GroupName ?? names.generated(255),
      Description: properties.GroupDescription,
      VpcId: properties.VpcId,
      TagSpecifications: tagSpecifications('security-group', properties),
    });
    try {
      await setRules(ctx, GroupId, 'Ingress', rulesIn(properties, 'Ingress'), []);
      await setRules(ctx, GroupId, 'Egress', egressOf(properties), everythingOut);
    } catch (error) {
      await ctx.call('ec2', 'DeleteSecurityGroup', { GroupId });
      throw error;
    }
    return described(GroupId, properties.VpcId);
  },
  update: async (GroupId, properties, previous, ctx) => {
    acceptProperties('AWS::EC2::SecurityGroup', properties, known);
    await setRules(ctx, GroupId, 'Ingress', rulesIn(properties, 'Ingress'), rulesIn(previous, 'Ingress'));
    await setRules(ctx, GroupId, 'Egress', egressOf(properties), egressOf(previous));
    await retag(ctx, GroupId, properties, previous);
    return described(GroupId, properties.VpcId);
  },
  delete: (GroupId, _properties, ctx) => unlessGone(ctx.call('ec2', 'DeleteSecurityGroup', { GroupId })),
};

/** A rule as a resource of its own: a changed rule is another rule. */
const ruleResource = (side: Side): ResourceType => ({
  type: `AWS::EC2::SecurityGroup${side}`,
  replacedOn: ['GroupId', ...peerProperties, ...sides[side]],
  create: async (properties, ctx) => {
    const { GroupId } = properties;
    const IpPermissions = [permission(side, properties, ['GroupId'])];
    const made = await ctx.call<{ SecurityGroupRules: EC2.SecurityGroupRule[] }>('ec2', `AuthorizeSecurityGroup${side}`, {
      GroupId,
      IpPermissions,
    });
    const id = made.SecurityGroupRules[0]!.SecurityGroupRuleId!;
    return { physicalId: id, attributes: { Id: id } };
  },
  delete: (id, { GroupId }, ctx) => unlessGone(ctx.call('ec2', `RevokeSecurityGroup${side}`, { GroupId, SecurityGroupRuleIds: [id] })),
});

export const securityGroupIngressResource = ruleResource('Ingress');
export const securityGroupEgressResource = ruleResource('Egress');
