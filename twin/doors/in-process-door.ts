/**
 * The services for SDK clients of this process: no sockets, no serialisation.
 *
 * 1. An attached client is answered at the end of the SDK's `initialize` step; nothing of it ever reaches a network.
 * 2. Errors go over the wire's own writer and the client's own reader, so they are what HTTP clients see, class and all.
 * 3. What the SDK would try again is tried again, as often as the client's `maxAttempts` says and without its pauses.
 * 4. What the SDK adds on the wire by itself, as the checksums of S3 objects, is not there.
 */
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { NormalizedSchema } from '@smithy/core/schema';
import { getSmithyContext } from '@smithy/core/transport';
import { RegionLost, type Dispatcher } from '../services/dispatcher.js';
import type { Service } from '../services/service.js';
import { accountOf } from '../wire/credential.js';
import { readServiceModel, type ServiceModel } from '../wire/service-model.js';
import type { World } from '../world/world.js';
import { principalOf } from './caller.js';
import { copierFor } from './copied-value.js';
import { requestIds } from './request-ids.js';
import { readBodies, withStreams } from './sdk-streams.js';
import { lostConnection, sdkException, type SdkConfig, type SdkOperation } from './sdk-exceptions.js';
import { asAwsError } from './twin-bug.js';

export interface InProcessDoorParts {
  readonly world: World;
  readonly dispatcher: Dispatcher;
  readonly services: readonly Service[];
  readonly log: (message: string) => void;
}

/** What every SDK v3 client has, as far as the door is concerned. */
export interface SdkClient {
  readonly config: SdkConfig;
  readonly middlewareStack: { add(middleware: never, options: { step: 'initialize'; priority: 'low'; name: string }): void };
}
type Handler = (args: { input: object }) => Promise<{ response: object; output: object }>;
/** One call of one client, answered. */
export type Answers = (config: SdkConfig, operation: SdkOperation, input: object) => ReturnType<Handler>;

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

  const contextOf = async (config: SdkConfig) => {
    const { accessKeyId, sessionToken } = await config.credentials();
    const account = accountOf(accessKeyId);
    const caller = { principalArn: principalOf({ account, sessionToken }), via: 'client', ownsClock: true };
    return world.context({ account, region: await config.region(), caller });
  };

  const answerOnce = async (config: SdkConfig, operation: SdkOperation, input: object): Promise<object> => {
    const [, , name, , inputSchema, outputSchema] = operation;
    const service = serviceIdOf(config);
    try {
      const asked = copierOf(inputSchema)(input, token) as object;
      const output = await dispatcher.dispatch(service, name, await readBodies(asked), await contextOf(config));
      return withStreams(copierOf(outputSchema)(output ?? {}, undefined) as object);
    } catch (error) {
      if (error instanceof RegionLost) throw lostConnection();
      throw await sdkException(config, operation, await modelOf(known(service)), { error: asAwsError(error, log), requestId: requestId() });
    }
  };

  return async (config, operation, input) => {
    const most = await config.maxAttempts();
    for (let attempts = 1; ; attempts++) {
      const told = { attempts, totalRetryDelay: 0 };
      try {
        const output = await answerOnce(config, operation, input);
        return { response: {}, output: { $metadata: { httpStatusCode: statusOf(operation), requestId: requestId(), ...told }, ...output } };
      } catch (error) {
        if (attempts < most && mayBeTriedAgain(error)) continue;
        throw Object.assign(error as Error, { $metadata: { ...(error as { $metadata?: object }).$metadata, ...told } });
      }
    }
  };
};

/** Attaches a client: from then on every call of it is answered by what `answers` gives at that moment. */
export const attachClient = ({ config, middlewareStack }: SdkClient, answers: () => Answers): void => {
  const middleware = (_next: unknown, context: object) => {
    const { operationSchema } = getSmithyContext(context) as { operationSchema: SdkOperation };
    return ({ input }: { input: object }) => answers()(config, operationSchema, input);
  };
  middlewareStack.add(middleware as never, { step: 'initialize', priority: 'low', name: 'altsiteInProcess' });
  // Making the chain of middleware anew for every call costs more than the call.
  config.cacheMiddleware = true;
  // So does writing out every call for a log that nobody keeps.
  config.logger = {};
};

/** Gives what attaches a client to the world: from then on the services answer it. */
export const inProcessDoor = (parts: InProcessDoorParts): ((client: SdkClient) => void) => {
  const answers = inProcessAnswers(parts);
  return (client) => attachClient(client, () => answers);
};

/** `Elastic Load Balancing v2` is `elastic-load-balancing-v2`, as in the name of its package. */
const serviceIdOf = ({ serviceId }: SdkConfig): string => serviceId.toLowerCase().replaceAll(' ', '-');

const statusOf = ([, , , traits]: SdkOperation): number => (traits as { http?: [string, string, number] }).http?.[2] ?? 200;

const mayBeTriedAgain = (error: unknown): boolean =>
  isThrottlingError(error as never) || isTransientError(error as never) || isServerError(error as never);
