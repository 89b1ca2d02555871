import type * as EC2 from '@aws-sdk/client-ec2';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { described } from './describe.js';
import { ec2Error, find, network, newId, type SecurityGroup, type SecurityGroupRule } from './records.js';
import { asPermission, duplicateOf, rulesIn, type Peer } from './permissions.js';
import { tagNew } from './tags.js';

/** Adds every rule the permissions spell out, all or none. */
export const addRules = (
  ctx: Context,
  group: SecurityGroup,
  IsEgress: boolean,
  permissions: readonly EC2.IpPermission[],
): SecurityGroupRule[] => {
  const { rules } = network(ctx);
  const wanted = permissions.flatMap((permission) => rulesIn(ctx, permission));
  if (wanted.length === 0) throw ec2Error('MissingParameter', 'The request must contain the parameter ipPermissions');
  const held = [...rules.values()].filter((rule) => rule.GroupId === group.GroupId && rule.IsEgress === IsEgress);
  const duplicate = wanted.find((peer, at) => duplicateOf(peer, [...held, ...wanted.slice(0, at)]));
  if (duplicate) throw ec2Error('InvalidPermission.Duplicate', `the specified rule "${text(duplicate)}" already exists`);
  return wanted.map((peer) => {
    const SecurityGroupRuleId = newId(ctx, 'sgr');
    const rule: SecurityGroupRule = {
      ...peer,
      SecurityGroupRuleId,
      SecurityGroupRuleArn: `arn:aws:ec2:${ctx.region}:${ctx.account}:security-group-rule/${SecurityGroupRuleId}`,
      GroupId: group.GroupId,
      GroupOwnerId: ctx.account,
      IsEgress,
    };
    rules.set(SecurityGroupRuleId, rule);
    return rule;
  });
};

const text = (peer: Peer): string => {
  const who = peer.CidrIpv4 ?? peer.CidrIpv6 ?? peer.PrefixListId ?? peer.ReferencedGroupInfo?.GroupId;
  if (peer.IpProtocol === '-1') return `peer: ${who}, ALL, ALLOW`;
  return `peer: ${who}, ${peer.IpProtocol.toUpperCase()}, from port: ${peer.FromPort}, to port: ${peer.ToPort}, ALLOW`;
};

/** The rules of a group in the older form, gathered by protocol and ports. */
export const permissionsOf = (ctx: Context, groupId: string, egress: boolean): EC2.IpPermission[] =>
  asPermission([...network(ctx).rules.values()].filter(({ GroupId, IsEgress }) => GroupId === groupId && IsEgress === egress));

type Authorise = EC2.AuthorizeSecurityGroupIngressCommandInput & EC2.AuthorizeSecurityGroupEgressCommandInput;
/** The short form of one rule is the same as a permission with one range. */
const asked = (input: Authorise): EC2.IpPermission[] =>
  input.CidrIp === undefined
    ? (input.IpPermissions ?? [])
    : [{ IpProtocol: input.IpProtocol, FromPort: input.FromPort, ToPort: input.ToPort, IpRanges: [{ CidrIp: input.CidrIp }] }];
const members = ['GroupId', 'IpPermissions', 'CidrIp', 'IpProtocol', 'FromPort', 'ToPort', 'TagSpecifications'] as const;

const authorise = (egress: boolean, input: Authorise, ctx: Context) => {
  accept(`ec2.AuthorizeSecurityGroup${egress ? 'Egress' : 'Ingress'}`, input, members);
  const group = find(ctx, 'securityGroups', input.GroupId);
  const added = addRules(ctx, group, egress, asked(input));
  for (const rule of added) tagNew(ctx, rule.SecurityGroupRuleId, 'security-group-rule', input.TagSpecifications);
  return { Return: true, SecurityGroupRules: added };
};

const revoke = (egress: boolean, input: Authorise & { SecurityGroupRuleIds?: string[] | undefined }, ctx: Context) => {
  accept(`ec2.RevokeSecurityGroup${egress ? 'Egress' : 'Ingress'}`, input, [...members, 'SecurityGroupRuleIds']);
  const group = find(ctx, 'securityGroups', input.GroupId);
  const { rules, tags } = network(ctx);
  const mine = [...rules.values()].filter(({ GroupId, IsEgress }) => GroupId === group.GroupId && IsEgress === egress);
  const byId = (input.SecurityGroupRuleIds ?? []).map((id) => {
    const found = find(ctx, 'rules', id);
    if (!mine.includes(found)) throw ec2Error('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`);
    return found;
  });
  const byPermission = asked(input)
    .flatMap((permission) => rulesIn(ctx, permission))
    .map((peer) => {
      const found = duplicateOf(peer, mine);
      if (!found)
        throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.', { status: 400 });
      return found;
    });
  for (const { SecurityGroupRuleId } of [...byId, ...byPermission]) {
    rules.delete(SecurityGroupRuleId);
    tags.delete(SecurityGroupRuleId);
  }
  return { Return: true };
};

export const securityGroupRules = {
  AuthorizeSecurityGroupIngress: (input, ctx) => authorise(false, input as Authorise, ctx),
  AuthorizeSecurityGroupEgress: (input, ctx) => authorise(true, input, ctx),
  RevokeSecurityGroupIngress: (input, ctx) => revoke(false, input as Authorise, ctx),
  RevokeSecurityGroupEgress: (input, ctx) => revoke(true, input, ctx),
  DescribeSecurityGroupRules: (input, ctx) => {
    accept('ec2.DescribeSecurityGroupRules', input, ['SecurityGroupRuleIds', 'Filters', 'NextToken', 'MaxResults']);
    const { items, next } = described(ctx, 'rules', {
      ids: input.SecurityGroupRuleIds,
      asked: input,
      idOf: ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
      fields: {
        'group-id': ({ GroupId }) => GroupId,
        'security-group-rule-id': ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
      },
    });
    return { SecurityGroupRules: items, NextToken: next };
  },
} satisfies Operations<typeof EC2>;
