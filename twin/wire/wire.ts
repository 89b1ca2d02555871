/**
 * The wire: a request in, the operation it means and its decoded input out, and back again.
 *
 * 1. What a request is follows from what stands on the wire (headers, target, form, path), never from the protocol that the model prefers.
 * 2. There is no code for any single operation: everything comes from the schemas of the SDK clients.
 * 3. Every refusal is an answer in the caller's own protocol, with status 400, 403, 501 or what the model says; never a 500 for a fault of ours.
 */
import { AwsError } from './aws-error.js';
import { decodeAwsChunked } from './aws-chunked.js';
import { describeFailure } from './failure.js';
import type { WireRequest, WireResponse } from './http-message.js';
import { malformed } from './malformed.js';
import { protocols } from './protocols/index.js';
import { formFields } from './protocols/query.js';
import { findRestRoute } from './rest-routes.js';
import type { OperationModel, ProtocolName, ServiceModel } from './service-model.js';
import type { ServiceModels } from './service-models.js';

/** A request that has been understood: answer it with `reply` or `refuse`. */
export interface WireCall {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  reply(output: Record<string, unknown>, requestId: string): WireResponse;
}

interface Meaning {
  readonly protocol: ProtocolName;
  readonly operationName: string | undefined;
  readonly version?: string | undefined;
  readonly targetPrefix?: string | undefined;
}

export class Wire {
  constructor(private readonly models: ServiceModels) {}

  /** @throws AwsError 400 for what cannot be read, 501 `NotModelled` for a service or operation that the twin does not know. */
  async read(request: WireRequest, signingName: string): Promise<WireCall> {
    const model = await this.modelFor(request, signingName);
    const meaning = meaningOf(request, model);
    if (!model) throw notModelled(signingName, meaning.operationName ?? `${request.method} ${request.path}`);
    const { operation, labels, decoded } = this.route(model, meaning, request);
    const protocol = protocols[meaning.protocol];
    return {
      service: model.id,
      operation: operation.name,
      input: protocol.read(operation, decoded, labels),
      reply: (output, requestId) => protocol.write(model, operation, output, requestId),
    };
  }

  /** An error in the protocol of the request, however little of it was understood. */
  async refuse(request: WireRequest, signingName: string | undefined, error: AwsError, requestId: string): Promise<WireResponse> {
    const model = signingName === undefined ? undefined : await this.modelFor(request, signingName);
    const { protocol } = meaningOf(request, model);
    return protocols[protocol].refuse(model, describeFailure(model, error), requestId);
  }

  /** Services that share a signing name differ in their API version, or in their target's prefix. */
  private async modelFor(request: WireRequest, signingName: string): Promise<ServiceModel | undefined> {
    const candidates = await this.models.signedAs(signingName);
    const { version, targetPrefix } = meaningOf(request, undefined);
    return candidates.find((model) => model.version === version || model.targetPrefix === targetPrefix) ?? candidates[0];
  }

  private route(
    model: ServiceModel,
    meaning: Meaning,
    request: WireRequest,
  ): { operation: OperationModel; labels: Readonly<Record<string, string>>; decoded: WireRequest } {
    if (meaning.operationName !== undefined) {
      const operation = model.operations.get(meaning.operationName);
      if (!operation) throw notModelled(model.id, meaning.operationName);
      return { operation, labels: {}, decoded: request };
    }
    if (!meaning.protocol.startsWith('rest')) throw malformed(`the request names no operation of ${model.id}`, 'MissingAction');
    const found = findRestRoute(model, request);
    if (!found) throw notModelled(model.id, `${request.method} ${request.path}`);
    return { ...found, decoded: decodeAwsChunked(request) };
  }
}

const notModelled = (service: string, operation: string): AwsError =>
  new AwsError('NotModelled', `NotModelled: ${service}.${operation}: the twin does not have this`, { status: 501 });

const meaningOf = (request: WireRequest, model: ServiceModel | undefined): Meaning => {
  const { headers } = request;
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') {
    const path = /\/service\/([^/]+)\/operation\/([^/]+)\/?$/.exec(request.path);
    return { protocol: 'rpcv2Cbor', targetPrefix: path?.[1], operationName: path?.[2] ?? request.path };
  }
  const target = headers['x-amz-target'];
  if (target !== undefined) {
    const dot = target.lastIndexOf('.');
    const protocol = headers['content-type']?.includes('json-1.0') ? 'awsJson1_0' : 'awsJson1_1';
    return { protocol, targetPrefix: target.slice(0, dot), operationName: target.slice(dot + 1) };
  }
  const fields = isForm(request) ? formFields(request.query, request.body) : undefined;
  const action = fields?.get('Action');
  if (fields && action) {
    const protocol = model?.protocol === 'ec2Query' ? 'ec2Query' : 'awsQuery';
    return { protocol, operationName: action, version: fields.get('Version') ?? undefined };
  }
  return { protocol: model?.protocol ?? 'restXml', operationName: undefined };
};

const isForm = ({ method, headers, query }: WireRequest): boolean =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true || (method === 'GET' && query.has('Action'));
