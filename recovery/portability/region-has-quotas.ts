import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeAccountAttributesCommand, DescribeAddressesCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  DescribeAccountLimitsCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { resourcesOfType } from '../../lib/portability/walk.js';
import { everyPage } from '../kit/every-page.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RegionAws } from '../ports/region-aws.js';
import type { Probe } from './probe.js';
import { serviceQuota } from './service-quota.js';

/** Of an account in a region: how much of one type of resource it may have, and has. */
interface Quota {
  readonly name: string;
  readonly type: string;
  /** `undefined`: the region does not tell. */
  max(region: string, aws: RegionAws): Promise<number | undefined>;
  used(region: string, aws: RegionAws): Promise<number>;
}

const loadBalancing = async (Name: string, region: string, aws: RegionAws): Promise<number | undefined> => {
  const limits = await everyPage(async (Marker) => {
    const page = await aws.elb(region).send(new DescribeAccountLimitsCommand({ Marker }));
    return { items: page.Limits, next: page.NextMarker };
  });
  const most = limits.find((limit) => limit.Name === Name)?.Max;
  return most === undefined ? undefined : Number(most);
};

const quotas: readonly Quota[] = [
  {
    name: 'vpcs-per-region',
    type: 'AWS::EC2::VPC',
    max: (...where) => serviceQuota(['vpc', 'L-F678F1CE'], ...where),
    used: async (region, aws) => {
      const all = await everyPage(async (NextToken) => {
        const page = await aws.ec2(region).send(new DescribeVpcsCommand({ NextToken }));
        return { items: page.Vpcs, next: page.NextToken };
      });
      return all.length;
    },
  },
  {
    name: 'application-load-balancers',
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    max: (...where) => loadBalancing('application-load-balancers', ...where),
    used: async (region, aws) => {
      const all = await everyPage(async (Marker) => {
        const page = await aws.elb(region).send(new DescribeLoadBalancersCommand({ Marker }));
        return { items: page.LoadBalancers, next: page.NextMarker };
      });
      return all.filter(({ Type }) => Type === 'application').length;
    },
  },
  {
    name: 'target-groups',
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    max: (...where) => loadBalancing('target-groups', ...where),
    used: async (region, aws) => {
      const all = await everyPage(async (Marker) => {
        const page = await aws.elb(region).send(new DescribeTargetGroupsCommand({ Marker }));
        return { items: page.TargetGroups, next: page.NextMarker };
      });
      return all.length;
    },
  },
  {
    name: 'vpc-max-elastic-ips',
    type: 'AWS::EC2::EIP',
    max: async (region, aws) => {
      const asked = new DescribeAccountAttributesCommand({});
      const { AccountAttributes = [] } = await aws.ec2(region).send(asked);
      const found = AccountAttributes.find(({ AttributeName }) => AttributeName === 'vpc-max-elastic-ips')?.AttributeValues?.[0];
      return found?.AttributeValue === undefined ? undefined : Number(found.AttributeValue);
    },
    used: async (region, aws) => (await aws.ec2(region).send(new DescribeAddressesCommand({}))).Addresses?.length ?? 0,
  },
];

/** What a stack of that name has of it there already, and need not have room for. */
const standing = async (StackName: string, type: string, region: string, aws: RegionAws): Promise<number> => {
  const all = await everyPage(async (NextToken) => {
    const page = await aws.cloudformation(region).send(new ListStackResourcesCommand({ StackName, NextToken }));
    return { items: page.StackResourceSummaries, next: page.NextToken };
  }).catch((error: unknown) => {
    if (error instanceof RecoveryError && error.code === 'ValidationError' && /does not exist/.test(error.message)) return [];
    throw error;
  });
  return all.filter(({ ResourceType }) => ResourceType === type).length;
};

/** `application-load-balancers 1 NAME`: one, for the stack of that name. */
export const regionHasQuotas: Probe = {
  id: 'region-has-quota',
  summary: "the account's quotas in the region leave room for the stack's networks, load balancers, target groups and public addresses",
  wants: (stack) =>
    quotas.flatMap(({ name, type }) => {
      const needed = resourcesOfType(stack, type).length;
      return needed === 0 ? [] : [{ path: stack.path, name: `${name} ${needed} ${stack.name}` }];
    }),
  lacks: async (wanted, region, aws) => {
    const [name, needed, stack = ''] = wanted.name.split(' ');
    const quota = quotas.find((one) => one.name === name);
    if (!quota) throw new RecoveryError('bug', 'unknown-quota', `there is no quota ${name}`);
    const more = Number(needed) - (await standing(stack, quota.type, region, aws));
    const [max, used] = [await quota.max(region, aws), await quota.used(region, aws)];
    if (max === undefined) return `${region} does not tell its quota ${name}`;
    return max - used >= more ? undefined : `quota ${name} in ${region} leaves ${max - used} of ${max}, and ${more} are needed`;
  },
};
