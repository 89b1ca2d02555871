import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { cidrText, parseCidr } from './cidr.js';
import { ec2Error, find, type SecurityGroupRule } from './records.js';

/** One rule without its identity: a protocol, ports and one peer. */
export type Peer = Pick<
  SecurityGroupRule,
  'IpProtocol' | 'FromPort' | 'ToPort' | 'CidrIpv4' | 'CidrIpv6' | 'PrefixListId' | 'ReferencedGroupInfo' | 'Description'
>;

const protocols: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6', all: '-1' };

const portsOf = ({ IpProtocol, FromPort, ToPort }: EC2.IpPermission): Pick<Peer, 'IpProtocol' | 'FromPort' | 'ToPort'> => {
  if (IpProtocol === undefined) throw ec2Error('MissingParameter', 'The request must contain the parameter ipProtocol');
  const protocol = protocols[IpProtocol] ?? IpProtocol;
  if (protocol === '-1') return { IpProtocol: '-1', FromPort: -1, ToPort: -1 };
  if (['tcp', 'udp'].includes(protocol)) {
    if (FromPort === undefined || ToPort === undefined)
      throw ec2Error('InvalidParameterValue', "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
    if (FromPort > ToPort || FromPort < 0 || ToPort > 65535)
      throw ec2Error('InvalidParameterValue', `Invalid TCP/UDP port range (${FromPort}:${ToPort})`);
  }
  return { IpProtocol: protocol, FromPort: FromPort ?? -1, ToPort: ToPort ?? -1 };
};
const described = (Description: string | undefined) => (Description === undefined ? {} : { Description });

/** Every rule a permission spells out: one per range, group or prefix list. */
export const rulesIn = (ctx: Context, permission: EC2.IpPermission): Peer[] => {
  const ports = portsOf(permission);
  return [
    ...(permission.IpRanges ?? []).map(({ CidrIp = '', Description }) => {
      const block = parseCidr(CidrIp);
      if (!block) throw ec2Error('InvalidParameterValue', `CIDR block ${CidrIp} is malformed`);
      return { ...ports, CidrIpv4: cidrText(block), ...described(Description) };
    }),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6, Description }) => ({ ...ports, CidrIpv6, ...described(Description) })),
    ...(permission.PrefixListIds ?? []).map(({ PrefixListId, Description }) => ({ ...ports, PrefixListId, ...described(Description) })),
    ...(permission.UserIdGroupPairs ?? []).map(({ GroupId, UserId, Description }) => {
      if (UserId === undefined || UserId === ctx.account) find(ctx, 'securityGroups', GroupId);
      return { ...ports, ReferencedGroupInfo: { GroupId, UserId: UserId ?? ctx.account }, ...described(Description) };
    }),
  ];
};

const identity = (peer: Peer): string =>
  [peer.IpProtocol, peer.FromPort, peer.ToPort, peer.CidrIpv4, peer.CidrIpv6, peer.PrefixListId, peer.ReferencedGroupInfo?.GroupId].join(
    '|',
  );

/** The rule that lets the same through: descriptions do not tell rules apart. */
export const duplicateOf = <T extends Peer>(peer: Peer, among: readonly T[]): T | undefined =>
  among.find((rule) => identity(rule) === identity(peer));

export const asPermission = (rules: readonly SecurityGroupRule[]): EC2.IpPermission[] => {
  const gathered = new Map<
    string,
    EC2.IpPermission & Required<Pick<EC2.IpPermission, 'IpRanges' | 'Ipv6Ranges' | 'PrefixListIds' | 'UserIdGroupPairs'>>
  >();
  for (const rule of rules) {
    const { IpProtocol, FromPort, ToPort, Description } = rule;
    const name = `${IpProtocol}/${FromPort}/${ToPort}`;
    const ports = IpProtocol === '-1' ? { IpProtocol } : { IpProtocol, FromPort, ToPort };
    const held = gathered.get(name) ?? { ...ports, IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
    gathered.set(name, held);
    const note = described(Description);
    if (rule.CidrIpv4 !== undefined) held.IpRanges.push({ CidrIp: rule.CidrIpv4, ...note });
    if (rule.CidrIpv6 !== undefined) held.Ipv6Ranges.push({ CidrIpv6: rule.CidrIpv6, ...note });
    if (rule.PrefixListId !== undefined) held.PrefixListIds.push({ PrefixListId: rule.PrefixListId, ...note });
    if (rule.ReferencedGroupInfo) held.UserIdGroupPairs.push({ ...rule.ReferencedGroupInfo, ...note });
  }
  return [...gathered.values()];
};
