import { cbor } from '@smithy/core/cbor';
import { malformed } from '../malformed.js';
import { readStructured, writeStructured, type Notation } from '../structured-values.js';
import type { Protocol } from './protocol.js';
import { queryCompatibility } from './query-compatibility.js';

const notation: Notation = { cbor: true, renames: false };
const headers = (requestId: string) => ({
  'content-type': 'application/cbor',
  'smithy-protocol': 'rpc-v2-cbor',
  'x-amzn-requestid': requestId,
});

/** Smithy RPC v2: the operation in the path, everything else in one CBOR map. */
export const rpcV2Cbor: Protocol = {
  read: (operation, { body }) => (body.length === 0 ? {} : (readStructured(operation.input, parse(body), notation) as object)),
  write: (_model, operation, output, requestId) => ({
    status: 200,
    headers: headers(requestId),
    body: cbor.serialize(writeStructured(operation.output, output, notation) ?? {}),
  }),
  refuse: (model, failure, requestId) => ({
    status: failure.askedStatus ?? (model?.queryCompatible ? failure.queryStatus : failure.httpStatus),
    headers: { ...headers(requestId), ...queryCompatibility(model, failure) },
    body: cbor.serialize({
      __type: failure.shape,
      ...(failure.schema ? (writeStructured(failure.schema, failure.members, notation) as object) : {}),
      message: failure.message,
    }),
  }),
};

const parse = (body: Buffer): unknown => {
  try {
    return cbor.deserialize(body);
  } catch (error) {
    throw malformed(`the body is not CBOR: ${(error as Error).message}`);
  }
};
