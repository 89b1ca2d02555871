import { HttpResponse } from '@smithy/core/transport';
import type { AwsError } from '../wire/aws-error.js';
import { describeFailure } from '../wire/failure.js';
import { protocols } from '../wire/protocols/index.js';
import type { ServiceModel } from '../wire/service-model.js';

/** The schema of an operation as SDK commands carry it. */
export type SdkOperation = readonly [kind: number, namespace: string, name: string, traits: unknown, input: unknown, output: unknown];

export interface SdkCredentials {
  readonly accessKeyId: string;
  readonly sessionToken?: string;
}

/** What the door reads of a client's configuration. */
export interface SdkConfig {
  readonly serviceId: string;
  region(): Promise<string>;
  credentials(): Promise<SdkCredentials>;
  maxAttempts(): Promise<number>;
  cacheMiddleware?: boolean;
  logger?: object;
  readonly protocol: { deserializeResponse(operation: object, context: object, response: HttpResponse): Promise<unknown> };
}

/** The exception that the client would throw over HTTP: the error is written as the service writes it and read as the client reads it. */
export const sdkException = async (
  config: SdkConfig,
  operation: SdkOperation,
  model: ServiceModel,
  { error, requestId }: { error: AwsError; requestId: string },
): Promise<Error> => {
  const [, namespace, name, traits, input, output] = operation;
  const { status, headers, body } = protocols[model.protocol].refuse(model, describeFailure(model, error), requestId);
  // The answer to HEAD loses its body.
  const bytes = model.operations.get(name)?.http.method === 'HEAD' ? '' : (body as string);
  const response = new HttpResponse({ statusCode: status, headers, body: Buffer.from(bytes) });
  try {
    await config.protocol.deserializeResponse({ namespace, name, traits, input, output }, config, response);
  } catch (thrown) {
    return thrown as Error;
  }
  return new Error(`the SDK takes the error ${error.code} of ${model.id}.${name} for an answer`);
};

/** What Node makes of a connection that breaks before an answer. */
export const lostConnection = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
