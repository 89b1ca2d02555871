/**
 * The services for SDK clients of this process: no sockets, no serialisation.
 *
 * 1. An attached client is answered at the end of the SDK's `initialize` step; nothing of it ever reaches a network.
 * 2. Errors go over the wire's own writer and the client's own reader, so they are what HTTP clients see, class and all.
 * 3. What the SDK would try again is tried again, as often as the client's `maxAttempts` says and without its pauses.
 * 4. What the SDK adds on the wire by itself, as the checksums of S3 objects, is not there.
 * 5. Calls made side by side are one volley: they reach the services in the order they were made and are answered together, so that the order
 *    of events is never that of how long this process took over the first call of a client.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { NormalizedSchema } from '@smithy/core/schema';
import { getSmithyContext } from '@smithy/core/transport';
import { RegionLost, type Dispatcher } from '../services/dispatcher.js';
import type { Service } from '../services/service.js';
import { accountOf } from '../wire/credential.js';
import { readServiceModel, type ServiceModel } from '../wire/service-model.js';
import type { Context } from '../world/context.js';
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

interface Call {
  readonly config: SdkConfig;
  readonly operation: SdkOperation;
  readonly input: object;
  readonly answered: (answer: Awaited<ReturnType<Handler>>) => void;
  readonly failed: (error: unknown) => void;
}
/** What the answer depends on beside the call, looked up before any call of the volley is answered. */
interface Prepared {
  readonly call: Call;
  readonly service: Service;
  readonly model: ServiceModel;
  readonly ctx: Context;
  readonly asked: object;
  readonly mostAttempts: number;
}
type Answered = { readonly output: object } | { readonly error: unknown };

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

  const prepared = async (call: Call): Promise<Prepared> => {
    const { config, operation, input } = call;
    const service = known(serviceIdOf(config));
    const [, , , , inputSchema] = operation;
    const asked = copierOf(inputSchema)(input, token) as object;
    const [model, ctx, mostAttempts] = await Promise.all([modelOf(service), contextOf(config), config.maxAttempts()]);
    return { call, service, model, ctx, asked: await readBodies(asked), mostAttempts };
  };

  const answerOnce = async ({ call, service, model, ctx, asked }: Prepared): Promise<Answered> => {
    const { config, operation } = call;
    const [, , name, , , outputSchema] = operation;
    try {
      const output = await dispatcher.dispatch(service.id, name, asked, ctx);
      return { output: withStreams(copierOf(outputSchema)(output ?? {}, undefined) as object) };
    } catch (error) {
      if (error instanceof RegionLost) return { error: lostConnection() };
      return { error: await sdkException(config, operation, model, { error: asAwsError(error, log), requestId: requestId() }) };
    }
  };

  /** Calls whose error the SDK would try again are tried again side by side. */
  const answerVolley = async (volley: readonly Prepared[], attempts = 1): Promise<void> => {
    const answers = await Promise.all(volley.map(answerOnce));
    const again: Prepared[] = [];
    for (const [nth, one] of volley.entries()) {
      const answer = answers[nth] as Answered;
      const { operation, answered, failed } = one.call;
      const told = { attempts, totalRetryDelay: 0 };
      if ('output' in answer)
        answered({
          response: {},
          output: { $metadata: { httpStatusCode: statusOf(operation), requestId: requestId(), ...told }, ...answer.output },
        });
      else if (attempts < one.mostAttempts && mayBeTriedAgain(answer.error)) again.push(one);
      else {
        const error = answer.error as Error & { $metadata?: object };
        failed(Object.assign(error, { $metadata: { ...error.$metadata, ...told } }));
      }
    }
    if (again.length > 0) await answerVolley(again, attempts + 1);
  };

  const waiting: Call[] = [];
  let answering = false;
  const answerAll = async (): Promise<void> => {
    answering = true;
    for (;;) {
      // Whoever was answered has gone on to its next call, or has none.
      await nextTurn();
      const volley = waiting.splice(0);
      if (volley.length === 0) break;
      try {
        await answerVolley(await Promise.all(volley.map(prepared)));
      } catch (error) {
        for (const { failed } of volley) failed(error);
      }
    }
    answering = false;
  };

  return (config, operation, input) =>
    new Promise((answered, failed) => {
      waiting.push({ config, operation, input, answered, failed });
      if (!answering) void answerAll();
    });
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
