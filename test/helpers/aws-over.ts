import { fromAws } from '../../recovery/adapters/aws-errors.js';
import type { Aws } from '../../recovery/ports/aws.js';
import { AwsError } from '../../twin/wire/aws-error.js';
import type { serviceWorld } from './service-world.js';

export interface Asked {
  readonly service: string;
  readonly region: string;
  readonly operation: string;
}
/** What becomes of the call asked as the `at`th, counted from 1: it never reaches AWS, its answer is lost after AWS acted, or we are. */
export interface Trouble {
  readonly at: number;
  readonly kind: 'throttled' | 'denied' | 'answer-lost' | 'killed';
}

/** The AWS port over services of the twin, in process: no sockets, but the same operations, errors and ledger. Remembers every call. */
export const awsOver = (world: ReturnType<typeof serviceWorld>) => {
  const asked: Asked[] = [];
  let trouble: Trouble | undefined;
  const send = async (service: string, region: string, command: { input: object }): Promise<unknown> => {
    const operation = command.constructor.name.replace(/Command$/, '');
    asked.push({ service, region, operation });
    const troubled = trouble?.at === asked.length ? trouble.kind : undefined;
    if (troubled === 'throttled') throw sdkError('ThrottlingException', 'Rate exceeded', 400, operation);
    if (troubled === 'denied') throw sdkError('AccessDeniedException', 'not authorized', 403, operation);
    const output = await world.call(service, operation, defined(command.input), region).catch((error: unknown) => {
      if (troubled === 'killed') return {};
      if (error instanceof AwsError) throw sdkError(error.code, error.message, error.options.status ?? 400, operation);
      throw error;
    });
    if (troubled === 'killed') throw new Error(`killed after ${operation} was sent`);
    if (troubled === 'answer-lost') throw sdkError('ECONNRESET', 'socket hang up', undefined, operation);
    return withBody(output);
  };
  const client =
    (service: string) =>
    (region: string): never =>
      ({ send: (command: { input: object }) => send(service, region, command) }) as never;
  const aws: Aws = {
    backup: client('backup'),
    cloudformation: client('cloudformation'),
    cloudwatch: client('cloudwatch'),
    logs: client('cloudwatch-logs'),
    ecs: client('ecs'),
    elb: client('elastic-load-balancing-v2'),
    kms: client('kms'),
    rds: client('rds'),
    s3: client('s3'),
    secrets: client('secrets-manager'),
    ssm: client('ssm'),
    sts: client('sts'),
  };
  return {
    aws,
    asked,
    /** Counts calls from now on, and troubles one of them. */
    troubled: (next: Trouble | undefined): void => {
      asked.length = 0;
      trouble = next;
    },
  };
};

const sdkError = (name: string, message: string, httpStatusCode: number | undefined, call: string) =>
  fromAws(Object.assign(new Error(message), { name, $metadata: { httpStatusCode } }), call);

/** A serialiser leaves out what is undefined. */
const defined = (input: object): object => Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** The SDK hands out a stream with helpers where the service gave bytes. */
const withBody = (output: Record<string, unknown>): unknown => {
  const { Body: body } = output;
  return body instanceof Uint8Array ? { ...output, Body: { transformToString: async () => Buffer.from(body).toString() } } : output;
};
