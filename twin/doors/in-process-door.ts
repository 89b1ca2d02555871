/**
 * The services for SDK clients of this process: no sockets, no serialisation.
 *
 * 1. An attached client is answered at the end of the SDK's `initialize` step; nothing of it ever reaches a network.
 * 2. Errors go over the wire's own writer and the client's own reader, so they are what HTTP clients see, class and all.
 * 3. What the SDK would try again is tried again, as often as the client's `maxAttempts` says and without its pauses.
 * 4. What the SDK adds on the wire by itself, as the checksums of S3 objects, is not there.
 * 5. Calls made side by side are one volley: they reach the services in the order they were made and are answered together, so that the order
 *    of events is never that of how long this process took over the first call of a client.
 * 6. Credentials come before the volley that needs them: getting them may be a call of its own, to STS.
 */
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { NormalizedSchema } from '@smithy/core/schema';
import { RegionLost, type Dispatcher } from '../services/dispatcher.js';
import type { Service } from '../services/service.js';
import { accountOf } from '../wire/credential.js';
import { readServiceModel, type ServiceModel } from '../wire/service-model.js';
import type { Context } from '../world/context.js';
import type { World } from '../world/world.js';
import { attachClient, type Answers, type SdkClient } from './attach-client.js';
import { principalOf } from './caller.js';
import { copierFor } from './copied-value.js';
import { requestIds } from './request-ids.js';
import { readBodies, withStreams } from './sdk-streams.js';
import { lostConnection, sdkException, type SdkConfig, type SdkCredentials, type SdkOperation } from './sdk-exceptions.js';
import { asAwsError } from './twin-bug.js';
import { inVolleys, type Outcome } from './volleys.js';

export interface InProcessDoorParts {
  readonly world: World;
  readonly dispatcher: Dispatcher;
  readonly services: readonly Service[];
  readonly log: (message: string) => void;
}

/** Read once a process: what a service's shapes are is the same in every world. */
const models = new WeakMap<Service, Promise<ServiceModel>>();
const modelOf = (service: Service): Promise<ServiceModel> => {
  const model = models.get(service) ?? readServiceModel(service);
  models.set(service, model);
  return model;
};

const copiers = new Map<unknown, ReturnType<typeof copierFor>>();
const copierOf = (schema: unknown): ReturnType<typeof copierFor> => {
  const copier = copiers.get(schema) ?? copierFor(NormalizedSchema.of(schema as never));
  copiers.set(schema, copier);
  return copier;
};

interface Call {
  readonly config: SdkConfig;
  readonly credentials: SdkCredentials;
  readonly operation: SdkOperation;
  readonly input: object;
}
type Answer = Awaited<ReturnType<Answers>>;
/** What the answer depends on beside the call, looked up before any call of the volley is answered. */
interface Prepared extends Call {
  readonly service: Service;
  readonly ctx: Context;
  readonly asked: object;
  readonly mostAttempts: number;
}

/** What a client's calls are answered with, as those of the owner of the world's clock. */
export const inProcessAnswers = ({ world, dispatcher, services, log }: InProcessDoorParts): Answers => {
  const requestId = requestIds(world.chance);
  let tokens = 0;
  const token = (): string => `token-${world.chance.stream(`idempotency-token/${++tokens}`).hex(32)}`;
  const named = new Map(services.map((service) => [service.id, service]));
  const known = (id: string): Service => {
    const service = named.get(id);
    if (!service) throw new Error(`the twin has no service ${id}`);
    return service;
  };

  const contextOf = async ({ config, credentials: { accessKeyId, sessionToken } }: Call) => {
    const account = accountOf(accessKeyId);
    const caller = { principalArn: principalOf({ account, sessionToken }), via: 'client', ownsClock: true };
    return world.context({ account, region: await config.region(), caller });
  };

  const prepared = async (call: Call): Promise<Prepared> => {
    const { config, operation, input } = call;
    const service = known(serviceIdOf(config));
    const [, , , , inputSchema] = operation;
    const asked = copierOf(inputSchema)(input, token) as object;
    return { ...call, service, ctx: await contextOf(call), asked: await readBodies(asked), mostAttempts: await config.maxAttempts() };
  };

  const answerOnce = async ({ config, operation, service, ctx, asked }: Prepared, attempts: number): Promise<Outcome<Answer>> => {
    const [, , name, , , outputSchema] = operation;
    const told = { attempts, totalRetryDelay: 0 };
    try {
      const output = await dispatcher.dispatch(service.id, name, asked, ctx);
      const read = withStreams(copierOf(outputSchema)(output ?? {}, undefined) as object);
      return {
        answer: { response: {}, output: { $metadata: { httpStatusCode: statusOf(operation), requestId: requestId(), ...told }, ...read } },
      };
    } catch (error) {
      const failed = (thrown: Error & { $metadata?: object }) => ({
        error: Object.assign(thrown, { $metadata: { ...thrown.$metadata, ...told } }),
      });
      if (error instanceof RegionLost) return failed(lostConnection());
      // Counted before the model is waited for, which is read once a process.
      const refused = { error: asAwsError(error, log), requestId: requestId() };
      return failed(await sdkException(config, operation, await modelOf(service), refused));
    }
  };

  const answerAll = async (volley: readonly Prepared[], attempts = 1): Promise<readonly Outcome<Answer>[]> => {
    const outcomes = await Promise.all(volley.map((call) => answerOnce(call, attempts)));
    const again = volley.filter(({ mostAttempts }, nth) => attempts < mostAttempts && mayBeTriedAgain(outcomes[nth]));
    if (again.length === 0) return outcomes;
    const retried = await answerAll(again, attempts + 1);
    return outcomes.map((outcome, nth) => retried[again.indexOf(volley[nth]!)] ?? outcome);
  };

  const answered = inVolleys<Call, Answer>(async (volley) => {
    const ready = await Promise.allSettled(volley.map(prepared));
    const answers = await answerAll(ready.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
    let next = 0;
    // What cannot even be asked is that call's own fault.
    return ready.map((one) => (one.status === 'fulfilled' ? answers[next++]! : { error: one.reason as unknown }));
  });
  return async (config, operation, input) => answered({ config, operation, input, credentials: await config.credentials() });
};

/** Gives what attaches a client to the world: from then on the services answer it. */
export const inProcessDoor = (parts: InProcessDoorParts): ((client: SdkClient) => void) => {
  const answers = inProcessAnswers(parts);
  return (client) => attachClient(client, () => answers);
};

/** `Elastic Load Balancing v2` is `elastic-load-balancing-v2`, as in the name of its package. */
const serviceIdOf = ({ serviceId }: SdkConfig): string => serviceId.toLowerCase().replaceAll(' ', '-');

const statusOf = ([, , , traits]: SdkOperation): number => (traits as { http?: [string, string, number] }).http?.[2] ?? 200;

const mayBeTriedAgain = (outcome: Outcome<unknown> | undefined): boolean => {
  if (!outcome || !('error' in outcome)) return false;
  const { error } = outcome;
  return isThrottlingError(error as never) || isTransientError(error as never) || isServerError(error as never);
};
