import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { elbRecords, invalid } from './records.js';

/** Of an account in a region, as new ones have them (ELB user guide, "Quotas for your Application Load Balancers"). Nobody can raise them. */
const limits = {
  'application-load-balancers': 50,
  'target-groups': 3_000,
  'targets-per-application-load-balancer': 1_000,
  'listeners-per-application-load-balancer': 50,
  'rules-per-application-load-balancer': 100,
} as const;

export const accountLimits = {
  DescribeAccountLimits: ({ Marker, PageSize }) => {
    const all = Object.entries(limits).map(([Name, most]) => ({ Name, Max: String(most) }));
    const { items, next } = page(all, { token: Marker, most: PageSize ?? 400 }, () => invalid('Marker is not valid'));
    return { Limits: items, NextMarker: next };
  },
} satisfies Operations<typeof Elb>;

/** @throws AwsError TooManyLoadBalancers */
export const mustAllowLoadBalancer = (ctx: Context): void => {
  if (ctx.state(elbRecords).loadBalancers.size >= limits['application-load-balancers'])
    throw new AwsError('TooManyLoadBalancers', 'The maximum number of load balancers has been reached');
};
/** @throws AwsError TooManyTargetGroups */
export const mustAllowTargetGroup = (ctx: Context): void => {
  if (ctx.state(elbRecords).targetGroups.size >= limits['target-groups'])
    throw new AwsError('TooManyTargetGroups', 'The maximum number of target groups has been reached');
};
