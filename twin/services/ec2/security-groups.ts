import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { described } from './describe.js';
import { ec2Error, find, network, newId, type SecurityGroup } from './records.js';
import { addRules, permissionsOf } from './security-group-rules.js';
import { tagNew } from './tags.js';

export const addSecurityGroup = (ctx: Context, VpcId: string, GroupName: string, Description: string): SecurityGroup => {
  const GroupId = newId(ctx, 'sg');
  const group: SecurityGroup = {
    GroupId,
    GroupName,
    Description,
    VpcId,
    OwnerId: ctx.account,
    SecurityGroupArn: `arn:aws:ec2:${ctx.region}:${ctx.account}:security-group/${GroupId}`,
  };
  network(ctx).securityGroups.set(GroupId, group);
  addRules(ctx, group, true, [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]);
  return group;
};

const checkNew = (ctx: Context, vpcId: string, name: string, description: string): void => {
  for (const [what, text] of [
    ['GroupName', name],
    ['GroupDescription', description],
  ] as const) {
    if (text.length > 255 || !/^[\w .\-:/()#,@[\]+=&;{}!$*]*$/.test(text)) {
      throw ec2Error(
        'InvalidParameterValue',
        `Value (${text}) for parameter ${what} is invalid. Character sets beyond ASCII are not supported.`,
      );
    }
  }
  if (/^sg-/.test(name))
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    );
  const taken = [...network(ctx).securityGroups.values()].some((held) => held.VpcId === vpcId && held.GroupName === name);
  if (taken) throw ec2Error('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`);
};

export const securityGroups = {
  CreateSecurityGroup: (input, ctx) => {
    accept('ec2.CreateSecurityGroup', input, ['GroupName', 'Description', 'VpcId', 'TagSpecifications']);
    if (input.VpcId === undefined) throw ec2Error('VPCIdNotSpecified', 'No default VPC for this user');
    const { VpcId } = find(ctx, 'vpcs', input.VpcId);
    const name = need(input.GroupName, 'GroupName', 'MissingParameter');
    const description = need(input.Description, 'GroupDescription', 'MissingParameter');
    checkNew(ctx, VpcId, name, description);
    const group = addSecurityGroup(ctx, VpcId, name, description);
    tagNew(ctx, group.GroupId, 'security-group', input.TagSpecifications);
    return { GroupId: group.GroupId, SecurityGroupArn: group.SecurityGroupArn };
  },
  DescribeSecurityGroups: (input, ctx) => {
    accept('ec2.DescribeSecurityGroups', input, ['GroupIds', 'GroupNames', 'Filters', 'NextToken', 'MaxResults']);
    if (input.GroupNames?.length)
      throw ec2Error('InvalidGroup.NotFound', `The security group '${input.GroupNames[0]}' does not exist in default VPC`);
    const { items, next } = described(ctx, 'securityGroups', {
      ids: input.GroupIds,
      asked: input,
      idOf: ({ GroupId }) => GroupId,
      fields: {
        'group-id': ({ GroupId }) => GroupId,
        'group-name': ({ GroupName }) => GroupName,
        'vpc-id': ({ VpcId }) => VpcId,
        description: ({ Description }) => Description,
        'owner-id': ({ OwnerId }) => OwnerId,
      },
    });
    return {
      SecurityGroups: items.map((group) => ({
        ...group,
        IpPermissions: permissionsOf(ctx, group.GroupId, false),
        IpPermissionsEgress: permissionsOf(ctx, group.GroupId, true),
      })),
      NextToken: next,
    };
  },
  DeleteSecurityGroup: (input, ctx) => {
    accept('ec2.DeleteSecurityGroup', input, ['GroupId']);
    const group = find(ctx, 'securityGroups', input.GroupId);
    if (group.GroupName === 'default')
      throw ec2Error('CannotDelete', `the specified group: "${group.GroupId}" name: "default" cannot be deleted by a user`);
    const { interfaces, rules, securityGroups: groups, tags } = network(ctx);
    const used =
      [...interfaces.values()].some(({ Groups }) => Groups.some(({ GroupId }) => GroupId === group.GroupId)) ||
      [...rules.values()].some(
        ({ GroupId, ReferencedGroupInfo }) => GroupId !== group.GroupId && ReferencedGroupInfo?.GroupId === group.GroupId,
      );
    if (used) throw ec2Error('DependencyViolation', `resource ${group.GroupId} has a dependent object`);
    groups.delete(group.GroupId);
    tags.delete(group.GroupId);
    for (const [id, rule] of rules) if (rule.GroupId === group.GroupId) rules.delete(id);
    return { Return: true, GroupId: group.GroupId };
  },
} satisfies Operations<typeof EC2>;
