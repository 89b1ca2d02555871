import { RecoveryError } from '../model/recovery-error.js';
import { milliseconds } from '../model/time.js';
import type { Aws } from '../ports/aws.js';
import type { Clock } from '../ports/clock.js';
import { classOfCall, keyOf } from './call-class.js';
import type { CallClass, Governor } from './governor.js';

/** AWS's names for services, as IAM actions have them, by the port's. */
const services: Readonly<Record<keyof Aws, string>> = {
  backup: 'backup',
  cloudformation: 'cloudformation',
  cloudwatch: 'cloudwatch',
  ecs: 'ecs',
  elb: 'elasticloadbalancing',
  kms: 'kms',
  logs: 'logs',
  rds: 'rds',
  routingControls: 'route53-recovery-cluster',
  s3: 's3',
  secrets: 'secretsmanager',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  sts: 'sts',
};
const throttles = /throttl|TooManyRequests|RequestLimitExceeded|SlowDown|PriorRequestNotComplete/i;

/** A token that one move has, for the first call of its class. */
export interface Prepaid {
  readonly calls: CallClass;
  used: boolean;
}

/** AWS as one move may use it: every call is taken off its bucket, and every answer corrects the bucket's rate. */
export const governedAws = (aws: Aws, governor: Governor, clock: Clock, prepaid: Prepaid | null): Aws => {
  const now = (): number => milliseconds(clock.now());
  const pay = (calls: CallClass): void => {
    if (prepaid && !prepaid.used && keyOf(prepaid.calls) === keyOf(calls)) prepaid.used = true;
    else governor.spend(calls, now());
  };
  const governed = (port: keyof Aws) => (region: string, url: string) => ({
    send: async (command: object): Promise<unknown> => {
      const calls = classOfCall(services[port], command.constructor.name, region);
      pay(calls);
      try {
        const answer = await (aws[port](region, url).send as (command: object) => Promise<unknown>)(command);
        governor.answered(calls, now());
        return answer;
      } catch (error) {
        if (error instanceof RecoveryError && throttles.test(error.code)) governor.throttled(calls, now(), error.retryAfterSeconds);
        throw error;
      }
    },
  });
  return Object.fromEntries((Object.keys(services) as (keyof Aws)[]).map((port) => [port, governed(port)])) as unknown as Aws;
};
