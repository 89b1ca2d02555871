import { AwsError } from '../wire/aws-error.js';
import { isAnsweredIn } from './bites.js';
import type { Fault } from './fault.js';
import { oneOf } from './parameters.js';

interface Quota {
  readonly service: string;
  readonly operations: readonly string[];
  /** The shape that the service's SDK client has for it. */
  readonly code: string;
  readonly message: string;
  /** As DescribeAccountAttributes calls it; absent: it tells nothing of it. */
  readonly shownAs?: string;
}
const creatingInstances = [
  'CreateDBInstance',
  'CreateDBInstanceReadReplica',
  'RestoreDBInstanceFromDBSnapshot',
  'RestoreDBInstanceToPointInTime',
];
/** By the name that `quota` goes by. */
const quotas = {
  'rds.instances': {
    service: 'rds',
    operations: creatingInstances,
    code: 'InstanceQuotaExceededFault',
    message: 'DB Instance quota exceeded',
    shownAs: 'DBInstances',
  },
  'rds.storage': {
    service: 'rds',
    operations: creatingInstances,
    code: 'StorageQuotaExceededFault',
    message: 'The request would result in you exceeding the allowed amount of storage available across all DB instances.',
    shownAs: 'AllocatedStorage',
  },
  'rds.snapshots': {
    service: 'rds',
    operations: ['CreateDBSnapshot', 'CopyDBSnapshot'],
    code: 'SnapshotQuotaExceededFault',
    message: 'The request would result in the user exceeding the allowed number of DB snapshots.',
    shownAs: 'ManualSnapshots',
  },
  'ec2.vpcs': {
    service: 'ec2',
    operations: ['CreateVpc'],
    code: 'VpcLimitExceeded',
    message: 'The maximum number of VPCs has been reached.',
  },
  'ec2.addresses': {
    service: 'ec2',
    operations: ['AllocateAddress'],
    code: 'AddressLimitExceeded',
    message: 'The maximum number of addresses has been reached.',
  },
  'elb.load-balancers': {
    service: 'elastic-load-balancing-v2',
    operations: ['CreateLoadBalancer'],
    code: 'TooManyLoadBalancersException',
    message: 'You have reached the maximum number of load balancers',
  },
  'cloudformation.stacks': {
    service: 'cloudformation',
    operations: ['CreateStack', 'CreateChangeSet'],
    code: 'LimitExceededException',
    message: 'Limit for stack has been exceeded',
  },
} satisfies Record<string, Quota>;
const names = Object.keys(quotas) as (keyof typeof quotas)[];

/** The account has as many of something as it may have there, however few the records show. */
export const quotaExceeded: Fault = {
  name: 'quota-exceeded',
  description: 'an account quota of one region is used up: whatever would create one more is refused',
  parameters: { quota: `one of ${names.join(', ')} (default: rds.instances)` },
  inject: (_world, target) => {
    const { service, operations, code, message, shownAs }: Quota = quotas[oneOf(target, 'quota', names, 'rds.instances')];
    return {
      call: (call) => {
        if (isAnsweredIn(target.region, service, call) && operations.includes(call.operation))
          throw new AwsError(code, message, { status: 400 });
      },
      answer: (call, output) =>
        isAnsweredIn(target.region, service, call) && call.operation === 'DescribeAccountAttributes' ? usedUp(output, shownAs) : output,
    };
  },
};

interface Attributes {
  readonly AccountQuotas: readonly { readonly AccountQuotaName: string; readonly Used: number; readonly Max: number }[];
}
const usedUp = (output: unknown, name: string | undefined): Attributes => ({
  AccountQuotas: (output as Attributes).AccountQuotas.map((quota) =>
    quota.AccountQuotaName === name ? { ...quota, Used: quota.Max } : quota,
  ),
});
