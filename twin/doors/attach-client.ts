import { getSmithyContext } from '@smithy/core/transport';
import type { SdkConfig, SdkOperation } from './sdk-exceptions.js';

/** What every SDK v3 client has, as far as the door is concerned. */
export interface SdkClient {
  readonly config: SdkConfig;
  readonly middlewareStack: { add(middleware: never, options: { step: 'initialize'; priority: 'low'; name: string }): void };
}
type Handler = (args: { input: object }) => Promise<{ response: object; output: object }>;
/** One call of one client, answered. */
export type Answers = (config: SdkConfig, operation: SdkOperation, input: object) => ReturnType<Handler>;

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
