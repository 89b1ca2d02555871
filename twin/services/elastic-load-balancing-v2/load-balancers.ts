import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId } from '../fresh-id.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { mustAllowLoadBalancer } from './account-limits.js';
import { initialLoadBalancerAttributes } from './attributes.js';
import { canonicalZoneOf } from './canonical-zones.js';
import { bringUp, takeDown } from './exposure.js';
import { tellUses } from './listener-certificates.js';
import { elbArn, elbRecords, invalid, listenersOf, needLoadBalancer, notModelled, type LoadBalancerRecord } from './records.js';
import { setTags } from './tags.js';
import { watchTargets } from './health-checking.js';

interface Placement {
  readonly vpcId: string;
  readonly zones: Elb.AvailabilityZone[];
}

const placementOf = async (subnets: readonly string[], ctx: Context): Promise<Placement> => {
  const asked = ctx
    .onBehalf('elastic-load-balancing-v2')
    .call<{ Subnets?: { SubnetId?: string; VpcId?: string; AvailabilityZone?: string }[] }>('ec2', 'DescribeSubnets', {
      SubnetIds: subnets,
    });
  const { Subnets = [] } = await asked.catch((error: unknown) => {
    if (error instanceof AwsError && error.code === 'InvalidSubnetID.NotFound')
      throw new AwsError('SubnetNotFoundException', error.message);
    throw error;
  });
  const zones = Subnets.map(({ AvailabilityZone, SubnetId }) => ({ ZoneName: AvailabilityZone, SubnetId, LoadBalancerAddresses: [] }));
  if (new Set(zones.map(({ ZoneName }) => ZoneName)).size < 2) {
    throw invalid('At least two subnets in two different Availability Zones must be specified');
  }
  return { vpcId: Subnets[0]?.VpcId ?? '', zones };
};

const isSame = (existing: LoadBalancerRecord, input: Elb.CreateLoadBalancerInput): boolean => {
  const { Scheme, AvailabilityZones, SecurityGroups } = existing.described;
  const set = (list: readonly (string | undefined)[] | undefined): string => [...(list ?? [])].sort().join();
  return (
    Scheme === (input.Scheme ?? 'internet-facing') &&
    set(AvailabilityZones?.map(({ SubnetId }) => SubnetId)) === set(input.Subnets) &&
    set(SecurityGroups) === set(input.SecurityGroups)
  );
};

const dnsNameOf = (ctx: Context, name: string, scheme: string): string => {
  const digits = freshId(ctx, 'elbv2-dns', 10, '123456789');
  return `${scheme === 'internal' ? 'internal-' : ''}${name}-${digits}.${ctx.region}.elb.amazonaws.com`;
};

const becomeActive = async (loadBalancer: LoadBalancerRecord, ctx: Context): Promise<void> => {
  if (!ctx.state(elbRecords).loadBalancers.has(loadBalancer.arn)) return;
  loadBalancer.described.State = { Code: 'active' };
  await bringUp(loadBalancer, ctx);
  for (const { targetGroupArn } of listenersOf(ctx, loadBalancer)) watchTargets(targetGroupArn, ctx);
};

const create = async (input: Elb.CreateLoadBalancerInput, ctx: Context): Promise<LoadBalancerRecord> => {
  accept('CreateLoadBalancer', input, ['Name', 'Subnets', 'SecurityGroups', 'Scheme', 'Tags', 'Type', 'IpAddressType']);
  const name = need(input.Name, 'Name', 'ValidationError');
  if (!/^(?!-)(?!internal-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name)) throw invalid(`The load balancer name '${name}' is not valid`);
  if ((input.Type ?? 'application') !== 'application') throw notModelled(`load balancer type ${input.Type}`);
  if ((input.IpAddressType ?? 'ipv4') !== 'ipv4') throw notModelled(`IpAddressType ${input.IpAddressType}`);
  const { loadBalancers } = ctx.state(elbRecords);
  const existing = [...loadBalancers.values()].find((other) => other.name === name);
  if (existing && isSame(existing, input)) return existing;
  if (existing) {
    throw new AwsError(
      'DuplicateLoadBalancerNameException',
      `A load balancer with the same name '${name}' exists, but with different settings`,
    );
  }
  mustAllowLoadBalancer(ctx);
  const { vpcId, zones } = await placementOf(input.Subnets ?? [], ctx);
  const canonicalZone = canonicalZoneOf(ctx.region);
  if (canonicalZone === undefined) throw notModelled(`a load balancer in ${ctx.region} (its canonical hosted zone is not known)`);
  const scheme = input.Scheme ?? 'internet-facing';
  const arn = elbArn(ctx, `loadbalancer/app/${name}/${freshId(ctx, 'elbv2', 16)}`);
  const dnsName = dnsNameOf(ctx, name, scheme);
  const described: Elb.LoadBalancer = {
    LoadBalancerArn: arn,
    DNSName: dnsName,
    CanonicalHostedZoneId: canonicalZone,
    CreatedTime: ctx.date(),
    LoadBalancerName: name,
    Scheme: scheme,
    VpcId: vpcId,
    State: { Code: 'provisioning' },
    Type: 'application',
    AvailabilityZones: zones,
    SecurityGroups: input.SecurityGroups ?? [],
    IpAddressType: 'ipv4',
  };
  const loadBalancer: LoadBalancerRecord = { arn, name, dnsName, described, attributes: initialLoadBalancerAttributes() };
  loadBalancers.set(arn, loadBalancer);
  setTags(ctx, arn, input.Tags);
  ctx.after(ctx.takes('elb.provision'), `${name} becomes active`, (then) => becomeActive(loadBalancer, then));
  return loadBalancer;
};

const find = (input: Elb.DescribeLoadBalancersInput, ctx: Context): LoadBalancerRecord[] => {
  const all = [...ctx.state(elbRecords).loadBalancers.values()];
  if (input.LoadBalancerArns?.length) return input.LoadBalancerArns.map((arn) => needLoadBalancer(ctx, arn));
  if (!input.Names?.length) return all;
  const missing = input.Names.filter((name) => !all.some((one) => one.name === name));
  if (missing.length > 0) throw new AwsError('LoadBalancerNotFoundException', `Load balancers '[${missing.join(', ')}]' not found`);
  return all.filter(({ name }) => input.Names?.includes(name));
};

export const loadBalancerOperations: Operations<typeof Elb> = {
  CreateLoadBalancer: async (input, ctx) => ({ LoadBalancers: [{ ...(await create(input, ctx)).described }] }),
  DescribeLoadBalancers: (input, ctx) => {
    const found = page(find(input, ctx), { token: input.Marker, most: input.PageSize ?? 400 }, () => invalid('Invalid marker'));
    return { LoadBalancers: found.items.map(({ described }) => ({ ...described })), NextMarker: found.next };
  },
  /** Succeeds for one that is already gone, as AWS does. */
  DeleteLoadBalancer: async ({ LoadBalancerArn }, ctx) => {
    const records = ctx.state(elbRecords);
    const loadBalancer = records.loadBalancers.get(LoadBalancerArn ?? '');
    if (!loadBalancer) return {};
    if (loadBalancer.attributes.get('deletion_protection.enabled') === 'true') {
      const message = `Load balancer '${LoadBalancerArn}' cannot be deleted because deletion protection is enabled`;
      throw new AwsError('OperationNotPermittedException', message);
    }
    for (const { arn } of listenersOf(ctx, loadBalancer)) records.listeners.delete(arn);
    tellUses(loadBalancer.arn, ctx);
    records.loadBalancers.delete(loadBalancer.arn);
    records.tags.delete(loadBalancer.arn);
    await takeDown(loadBalancer, ctx);
    return {};
  },
  SetSecurityGroups: ({ LoadBalancerArn, SecurityGroups, ...others }, ctx) => {
    accept('SetSecurityGroups', others, []);
    needLoadBalancer(ctx, LoadBalancerArn).described.SecurityGroups = SecurityGroups;
    return { SecurityGroupIds: SecurityGroups };
  },
  SetSubnets: async ({ LoadBalancerArn, Subnets, ...others }, ctx) => {
    accept('SetSubnets', others, []);
    const { described } = needLoadBalancer(ctx, LoadBalancerArn);
    described.AvailabilityZones = (await placementOf(Subnets ?? [], ctx)).zones;
    return { AvailabilityZones: described.AvailabilityZones };
  },
};
