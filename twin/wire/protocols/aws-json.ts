import { malformed } from '../malformed.js';
import { readStructured, writeStructured, type Notation } from '../structured-values.js';
import type { Protocol } from './protocol.js';
import { queryCompatibility } from './query-compatibility.js';

const json: Notation = { cbor: false, renames: false };

/** AWS JSON 1.0 and 1.1: the operation in `X-Amz-Target`, everything else in one JSON object. */
export const awsJson = (version: '1.0' | '1.1'): Protocol => {
  const contentType = `application/x-amz-json-${version}`;
  return {
    read: (operation, { body }) => readStructured(operation.input, parseJson(body), json) as object,
    write: (_model, operation, output, requestId) => ({
      status: 200,
      headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
      body: JSON.stringify(writeStructured(operation.output, output, json) ?? {}),
    }),
    refuse: (model, failure, requestId) => ({
      status: failure.askedStatus ?? (model?.queryCompatible ? failure.queryStatus : failure.fault === 'client' ? 400 : 500),
      headers: { 'content-type': contentType, 'x-amzn-requestid': requestId, ...queryCompatibility(model, failure) },
      body: JSON.stringify({
        __type: failure.shape,
        ...(failure.schema ? (writeStructured(failure.schema, failure.members, json) as object) : {}),
        message: failure.message,
      }),
    }),
  };
};

/** @throws AwsError 400 `SerializationException`. */
export const parseJson = (body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw malformed(`the body is not JSON: ${(error as Error).message}`);
  }
};
