import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId } from '../fresh-id.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { mustAllowTargetGroup } from './account-limits.js';
import { initialTargetGroupAttributes } from './attributes.js';
import { elbArn, elbRecords, invalid, needLoadBalancer, needTargetGroup, notModelled, usersOf, type TargetGroupRecord } from './records.js';
import { setTags } from './tags.js';

const healthCheckMembers = [
  'HealthCheckProtocol',
  'HealthCheckPort',
  'HealthCheckEnabled',
  'HealthCheckPath',
  'HealthCheckIntervalSeconds',
  'HealthCheckTimeoutSeconds',
  'HealthyThresholdCount',
  'UnhealthyThresholdCount',
  'Matcher',
] as const;
type HealthCheckSettings = Pick<Elb.TargetGroup, (typeof healthCheckMembers)[number]>;

/** Defaults of an `ip` target group over HTTP (ELB API reference, CreateTargetGroup). */
const defaults = {
  HealthCheckProtocol: 'HTTP',
  HealthCheckPort: 'traffic-port',
  HealthCheckEnabled: true,
  HealthCheckPath: '/',
  HealthCheckIntervalSeconds: 30,
  HealthCheckTimeoutSeconds: 5,
  HealthyThresholdCount: 5,
  UnhealthyThresholdCount: 2,
  Matcher: { HttpCode: '200' },
} satisfies HealthCheckSettings;

const within = (name: string, value: number, least: number, most: number): void => {
  if (!(value >= least && value <= most)) throw invalid(`${name} '${value}' must be between '${least}' and '${most}'`);
};

const healthChecks = (given: HealthCheckSettings, held: HealthCheckSettings): HealthCheckSettings => {
  const entries = healthCheckMembers.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]);
  const merged = { ...defaults, ...held, ...(Object.fromEntries(entries) as HealthCheckSettings) };
  if (merged.HealthCheckProtocol !== 'HTTP') throw notModelled(`health checks over ${merged.HealthCheckProtocol}`);
  if (!merged.HealthCheckEnabled) throw invalid('Health check enabled must be true for target groups with target type ip');
  if (!/^\d{3}([-,]\d{3})*$/.test(merged.Matcher?.HttpCode ?? ''))
    throw invalid(`Health check matcher HTTP code '${merged.Matcher?.HttpCode}' is not valid`);
  within('Health check interval', merged.HealthCheckIntervalSeconds, 5, 300);
  within('Health check timeout', merged.HealthCheckTimeoutSeconds, 2, 120);
  within('Healthy threshold count', merged.HealthyThresholdCount, 2, 10);
  within('Unhealthy threshold count', merged.UnhealthyThresholdCount, 2, 10);
  if (merged.HealthCheckTimeoutSeconds >= merged.HealthCheckIntervalSeconds) {
    throw invalid(
      `Health check timeout '${merged.HealthCheckTimeoutSeconds}' must be smaller than the interval '${merged.HealthCheckIntervalSeconds}'`,
    );
  }
  return merged;
};

const describe = (group: TargetGroupRecord, ctx: Context): Elb.TargetGroup => ({
  ...group.described,
  LoadBalancerArns: usersOf(ctx, group),
});

const create = (input: Elb.CreateTargetGroupInput, ctx: Context): TargetGroupRecord => {
  const known = [
    'Name',
    'Protocol',
    'ProtocolVersion',
    'Port',
    'VpcId',
    'TargetType',
    'Tags',
    'IpAddressType',
    ...healthCheckMembers,
  ] as const;
  accept('CreateTargetGroup', input, known);
  const name = need(input.Name, 'Name', 'ValidationError');
  if (!/^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name)) throw invalid(`Target group name '${name}' is not valid`);
  if (input.TargetType !== 'ip') throw notModelled(`target type ${input.TargetType ?? 'instance'}`);
  if (input.Protocol !== 'HTTP') throw notModelled(`target group protocol ${input.Protocol}`);
  if ((input.ProtocolVersion ?? 'HTTP1') !== 'HTTP1') throw notModelled(`protocol version ${input.ProtocolVersion}`);
  if ((input.IpAddressType ?? 'ipv4') !== 'ipv4') throw notModelled(`IpAddressType ${input.IpAddressType}`);
  const port = need(input.Port, 'Port', 'ValidationError');
  const { targetGroups } = ctx.state(elbRecords);
  const asked: Elb.TargetGroup = {
    TargetGroupName: name,
    Protocol: 'HTTP',
    ProtocolVersion: 'HTTP1',
    Port: port,
    VpcId: need(input.VpcId, 'VpcId', 'ValidationError'),
    TargetType: 'ip',
    IpAddressType: 'ipv4',
    ...healthChecks(input, {}),
  };
  const existing = [...targetGroups.values()].find((other) => other.name === name);
  if (existing) {
    if (JSON.stringify({ ...asked, TargetGroupArn: existing.arn }) === JSON.stringify(existing.described)) return existing;
    throw new AwsError(
      'DuplicateTargetGroupNameException',
      `A target group with the same name '${name}' exists, but with different settings`,
    );
  }
  mustAllowTargetGroup(ctx);
  const arn = elbArn(ctx, `targetgroup/${name}/${freshId(ctx, 'elbv2', 16)}`);
  const described = { ...asked, TargetGroupArn: arn };
  const group: TargetGroupRecord = { arn, name, port, described, attributes: initialTargetGroupAttributes(), targets: new Map() };
  targetGroups.set(arn, group);
  setTags(ctx, arn, input.Tags);
  return group;
};

const find = (input: Elb.DescribeTargetGroupsInput, ctx: Context): TargetGroupRecord[] => {
  const all = [...ctx.state(elbRecords).targetGroups.values()];
  if (input.TargetGroupArns?.length) return input.TargetGroupArns.map((arn) => needTargetGroup(ctx, arn));
  if (input.Names?.length) {
    if (!input.Names.every((name) => all.some((one) => one.name === name))) needTargetGroup(ctx, undefined);
    return all.filter(({ name }) => input.Names?.includes(name));
  }
  if (input.LoadBalancerArn === undefined) return all;
  const { arn } = needLoadBalancer(ctx, input.LoadBalancerArn);
  return all.filter((group) => usersOf(ctx, group).includes(arn));
};

export const targetGroupOperations: Operations<typeof Elb> = {
  CreateTargetGroup: (input, ctx) => ({ TargetGroups: [describe(create(input, ctx), ctx)] }),
  DescribeTargetGroups: (input, ctx) => {
    const found = page(find(input, ctx), { token: input.Marker, most: input.PageSize ?? 400 }, () => invalid('Invalid marker'));
    return { TargetGroups: found.items.map((group) => describe(group, ctx)), NextMarker: found.next };
  },
  ModifyTargetGroup: (input, ctx) => {
    accept('ModifyTargetGroup', input, ['TargetGroupArn', ...healthCheckMembers]);
    const group = needTargetGroup(ctx, input.TargetGroupArn);
    Object.assign(group.described, healthChecks(input, group.described));
    return { TargetGroups: [describe(group, ctx)] };
  },
  /** Succeeds for one that is already gone, as AWS does. */
  DeleteTargetGroup: ({ TargetGroupArn }, ctx) => {
    const records = ctx.state(elbRecords);
    const group = records.targetGroups.get(TargetGroupArn ?? '');
    if (group && usersOf(ctx, group).length > 0) {
      throw new AwsError('ResourceInUseException', `Target group '${group.arn}' is currently in use by a listener or a rule`);
    }
    records.targetGroups.delete(TargetGroupArn ?? '');
    records.tags.delete(TargetGroupArn ?? '');
    return {};
  },
};
