import { AwsError } from '../wire/aws-error.js';
import { isAnsweredIn, isClients } from './bites.js';
import type { Fault } from './fault.js';
import { optionalService, within } from './parameters.js';

type Refusal = readonly [code: string, message: string, status: number];
const query: Refusal = ['Throttling', 'Rate exceeded', 400];
const usual: Refusal = ['ThrottlingException', 'Rate exceeded', 400];
/** How each service puts it. None of these documents a Retry-After header. */
const refusals: Readonly<Record<string, Refusal>> = {
  cloudformation: query,
  cloudwatch: query,
  dynamodb: ['ThrottlingException', 'Rate of requests exceeds the allowed throughput.', 400],
  ec2: ['RequestLimitExceeded', 'Request limit exceeded.', 503],
  'elastic-load-balancing-v2': query,
  iam: query,
  kms: ['ThrottlingException', 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.', 400],
  rds: query,
  'route-53': query,
  s3: ['SlowDown', 'Please reduce your request rate.', 503],
  sns: query,
  sqs: ['RequestThrottled', 'Request is throttled.', 403],
  sts: query,
};

/** AWS refuses part of the calls of clients; what services call for themselves is not counted against them. */
export const throttling: Fault = {
  name: 'throttling',
  description: "a share of clients' calls in one region is refused as too many, in each service's own words",
  parameters: {
    service: 'only this one, as in its SDK package: rds, cloudwatch-logs (default: all)',
    rate: 'the share of calls that is refused, above 0 up to 1 (default: 0.5)',
  },
  inject: (world, target) => {
    const service = optionalService(target);
    const rate = within(target, 'rate', [0.001, 1], 0.5);
    const chance = world.chance.stream(`fault/throttling/${target.region}/${world.age()}`);
    return {
      call: (call) => {
        if (!isClients(call) || !isAnsweredIn(target.region, service, call) || chance.next() >= rate) return;
        const [code, message, status] = refusals[call.service] ?? usual;
        throw new AwsError(code, message, { status, fault: status >= 500 ? 'server' : 'client' });
      },
    };
  },
};
