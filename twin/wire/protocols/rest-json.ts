import { travelsInBody, readBindings, writeBindings, type BodyFormat } from '../http-bindings.js';
import { readStructured, writeStructured, type Notation } from '../structured-values.js';
import { parseJson } from './aws-json.js';
import type { Protocol } from './protocol.js';

const json: Notation = { cbor: false, renames: true };

const format: BodyFormat = {
  contentType: 'application/json',
  readMembers: (schema, body) => readStructured(schema, parseJson(body), json) as Record<string, unknown>,
  writeMembers: (schema, value) => {
    const inBody = [...schema.structIterator()].filter(([, member]) => travelsInBody(member)).map(([name]) => [name, value[name]]);
    return JSON.stringify(writeStructured(schema, Object.fromEntries(inBody), json));
  },
  readPayload: (member, body) => readStructured(member, parseJson(body), json),
  writePayload: (member, value) => JSON.stringify(writeStructured(member, value, json)),
};

/** REST JSON 1: method and path name the operation; members travel in path, query, headers and a JSON body. */
export const restJson: Protocol = {
  read: (operation, request, labels) => readBindings(operation.input, request, labels, format),
  write: (_model, operation, output, requestId) => {
    const response = writeBindings(operation.output, output, operation.http.status, format);
    return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
  },
  refuse: (_model, failure, requestId) => {
    const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': failure.shape };
    const status = failure.askedStatus ?? failure.httpStatus;
    if (!failure.schema) return { status, headers, body: JSON.stringify({ message: failure.message }) };
    const response = writeBindings(failure.schema, failure.members, status, format);
    return { ...response, headers: { ...response.headers, ...headers } };
  },
};
