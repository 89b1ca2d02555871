/**
 * What a task needs of AWS before its first process comes over the task's own network interface (Fargate platform 1.4.0; ECS developer guide,
 * "Amazon ECS interface VPC endpoints"): registry, image layers, secrets, log streams. EC2's records say whether it gets there.
 */
import type * as EC2 from '@aws-sdk/client-ec2';
import type * as Ecs from '@aws-sdk/client-ecs';
import type { Context } from '../../world/context.js';
import { parseCidr, sizeOf } from '../ec2/cidr.js';
import type { TaskRecord } from './records.js';
import { ResourceInitializationError } from './task-secrets.js';

/** Last part of the name of a VPC endpoint service, such as `ecr.api`, and the region asked. */
type Destination = readonly [service: string, region: string];

const needsOf = (container: Ecs.ContainerDefinition, ctx: Context): Destination[] => {
  const regionOf = (arn: string): string => arn.split(':')[3] ?? ctx.region;
  const secrets = (container.secrets ?? []).map(({ valueFrom = '' }): Destination => [
    valueFrom.includes(':secretsmanager:') ? 'secretsmanager' : 'ssm',
    regionOf(valueFrom),
  ]);
  const [, registry] = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\//.exec(container.image ?? '') ?? [];
  const image = registry === undefined ? [] : ['ecr.api', 'ecr.dkr', 's3'].map((service): Destination => [service, registry]);
  const logs = container.logConfiguration?.options;
  return [...secrets, ...image, ...(logs ? [['logs', logs['awslogs-region'] ?? ctx.region] as const] : [])];
};

/** @throws ResourceInitializationError for the first service that the task needs and has no way to. */
export const checkReach = async (task: TaskRecord, ctx: Context): Promise<void> => {
  const wanted = (task.definition.described.containerDefinitions ?? []).flatMap((container) => needsOf(container, ctx));
  if (wanted.length === 0) return;
  const isReached = await waysOf(task.place, ctx);
  for (const [service, region] of wanted)
    if (!isReached([service, region]))
      throw new ResourceInitializationError(
        `unable to pull secrets or registry auth: There is a connection issue between the task and ${service} of ${region}. ` +
          'Check your task network configuration: dial tcp: i/o timeout',
      );
};

/** By an interface endpoint with a private name, a gateway endpoint on its routes, or a default route; an internet gateway serves public addresses only. */
const waysOf = async ({ subnetId, groups, hasPublicAddress }: TaskRecord['place'], ctx: Context): Promise<(to: Destination) => boolean> => {
  const ec2 = ctx.onBehalf('ecs');
  const { Subnets: [subnet] = [] } = await ec2.call<{ Subnets?: EC2.Subnet[] }>('ec2', 'DescribeSubnets', { SubnetIds: [subnetId] });
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [subnet?.VpcId ?? ''] }] };
  const { RouteTables = [] } = await ec2.call<{ RouteTables?: EC2.RouteTable[] }>('ec2', 'DescribeRouteTables', ofVpc);
  const table =
    RouteTables.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === subnetId)) ??
    RouteTables.find(({ Associations }) => Associations?.some(({ Main }) => Main));
  const out = table?.Routes?.find(({ DestinationCidrBlock, State }) => DestinationCidrBlock === '0.0.0.0/0' && State === 'active');
  if (out && (out.NatGatewayId !== undefined || hasPublicAddress)) return () => true;
  const { VpcEndpoints = [] } = await ec2.call<{ VpcEndpoints?: EC2.VpcEndpoint[] }>('ec2', 'DescribeVpcEndpoints', ofVpc);
  const Values = [...groups, ...VpcEndpoints.flatMap(({ Groups = [] }) => Groups.flatMap(({ GroupId }) => GroupId ?? []))];
  const { SecurityGroupRules: rules = [] } = Values.length
    ? await ec2.call<{ SecurityGroupRules?: EC2.SecurityGroupRule[] }>('ec2', 'DescribeSecurityGroupRules', {
        Filters: [{ Name: 'group-id', Values }],
      })
    : {};
  const leadsTo = ({ VpcEndpointType, State, PrivateDnsEnabled, RouteTableIds = [], Groups = [] }: EC2.VpcEndpoint): boolean => {
    if (String(State) !== 'available') return false;
    if (VpcEndpointType === 'Gateway') return RouteTableIds.includes(table?.RouteTableId ?? '');
    const its = Groups.flatMap(({ GroupId }) => GroupId ?? []);
    return Boolean(PrivateDnsEnabled) && isLetOut(rules, groups, its) && isLetIn(rules, its, groups, subnet?.CidrBlock ?? '');
  };
  return ([service, region]) =>
    VpcEndpoints.some((endpoint) => endpoint.ServiceName === `com.amazonaws.${region}.${service}` && leadsTo(endpoint));
};

type Rules = readonly EC2.SecurityGroupRule[];
const about = (rules: Rules, groups: readonly string[], egress: boolean): Rules =>
  rules.filter(
    ({ GroupId = '', IsEgress, IpProtocol, FromPort = 0, ToPort = 0 }) =>
      groups.includes(GroupId) &&
      IsEgress === egress &&
      (IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= 443 && ToPort >= 443)),
  );
const names = ({ ReferencedGroupInfo }: EC2.SecurityGroupRule, groups: readonly string[]): boolean =>
  groups.includes(ReferencedGroupInfo?.GroupId ?? '');
const covers = (outer = '', inner: string): boolean => {
  const [a, b] = [parseCidr(outer), parseCidr(inner)];
  return a !== undefined && b !== undefined && a.first <= b.first && b.first + sizeOf(b) <= a.first + sizeOf(a);
};
/** A task that names no group has its VPC's default one, which lets everything out. */
const isLetOut = (rules: Rules, groups: readonly string[], to: readonly string[]): boolean =>
  groups.length === 0 || about(rules, groups, true).some((rule) => rule.CidrIpv4 === '0.0.0.0/0' || names(rule, to));
const isLetIn = (rules: Rules, groups: readonly string[], from: readonly string[], subnet: string): boolean =>
  about(rules, groups, false).some((rule) => names(rule, from) || covers(rule.CidrIpv4, subnet));
