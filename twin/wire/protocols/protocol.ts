import type { Failure } from '../failure.js';
import type { WireRequest, WireResponse } from '../http-message.js';
import type { OperationModel, ServiceModel } from '../service-model.js';

/** One of AWS's wire protocols, from the server's side. */
export interface Protocol {
  /** @throws AwsError 400 when the request cannot be read, 501 when it has something that the model has not. */
  read(operation: OperationModel, request: WireRequest, labels: Readonly<Record<string, string>>): object;
  write(model: ServiceModel, operation: OperationModel, output: Record<string, unknown>, requestId: string): WireResponse;
  /** Of an unknown service, `model` is absent. */
  refuse(model: ServiceModel | undefined, failure: Failure, requestId: string): WireResponse;
}
