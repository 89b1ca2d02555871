import type { Failure } from '../failure.js';
import type { ServiceModel } from '../service-model.js';

/** Services that once spoke Query tell clients of today the error's old code too (Smithy's awsQueryCompatible trait). */
export const queryCompatibility = (model: ServiceModel | undefined, failure: Failure): Record<string, string> =>
  model?.queryCompatible ? { 'x-amzn-query-error': `${failure.queryCode};${failure.fault === 'client' ? 'Sender' : 'Receiver'}` } : {};
