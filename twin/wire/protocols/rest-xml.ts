import type { NormalizedSchema } from '@smithy/core/schema';
import type { Failure } from '../failure.js';
import { readBindings, travelsInBody, writeBindings, type BodyFormat } from '../http-bindings.js';
import type { ServiceModel } from '../service-model.js';
import { element, escapeXml, parseXml, readXml, writeMembers, writeXml } from '../xml-values.js';
import { errorMembers } from './query.js';
import type { Protocol } from './protocol.js';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const rootName = (schema: NormalizedSchema): string => schema.getMergedTraits().xmlName ?? schema.getName() ?? 'Result';

const format = (xmlNamespace: string): BodyFormat => {
  const namespace = xmlNamespace ? ` xmlns="${xmlNamespace}"` : '';
  return {
    contentType: 'application/xml',
    readMembers: (schema, body) => readXml(schema, parseXml(body.toString())) as Record<string, unknown>,
    writeMembers: (schema, value) => {
      const root = rootName(schema);
      const { children } = writeMembers(schema, value, travelsInBody);
      return declaration + element(root, unwrapped(schema, root, value) ?? children, namespace);
    },
    readPayload: (member, body) => readXml(member, parseXml(body.toString())),
    writePayload: (member, value) => declaration + writeXml(rootName(member), member, value, namespace),
  };
};

/** A document whose only member is called like its root has no element for it (S3's GetBucketLocation; Smithy's s3UnwrappedXmlOutput trait). */
const unwrapped = (schema: NormalizedSchema, root: string, value: Record<string, unknown>): string | undefined => {
  const members = [...schema.structIterator()];
  return members.length === 1 && members[0]![0] === root ? escapeXml((value[root] as string | undefined) ?? '') : undefined;
};

/** REST XML, S3's flavour of errors and request ids included. */
export const restXml: Protocol = {
  read: (operation, request, labels) => readBindings(operation.input, request, labels, format('')),
  write: (model, operation, output, requestId) => {
    const response = writeBindings(operation.output, output, operation.http.status, format(model.xmlNamespace));
    return { ...response, headers: { ...response.headers, ...requestIds(model, requestId) } };
  },
  refuse: (model, failure, requestId) => ({
    status: failure.askedStatus ?? failure.httpStatus,
    headers: {
      ...errorHeaders(failure),
      ...(isS3(model) ? bucketRegion(failure) : {}),
      'content-type': 'application/xml',
      ...requestIds(model, requestId),
    },
    body: declaration + (isS3(model) ? s3Error(failure, requestId) : restError(model, failure, requestId)),
  }),
};

/** S3 says more of its errors than its model does: where a bucket really is, for one, which clients follow. */
const s3Fields = ({ members }: Failure): string =>
  Object.entries(members)
    .filter(([name, value]) => name.toLowerCase() !== 'message' && value !== undefined)
    .map(([name, value]) => element(name, escapeXml(String(value))))
    .join('');

const bucketRegion = ({ members: { Region: region } }: Failure): Record<string, string> =>
  typeof region === 'string' ? { 'x-amz-bucket-region': region } : {};

const errorHeaders = (failure: Failure): Readonly<Record<string, string>> =>
  failure.schema ? writeBindings(failure.schema, failure.members, failure.httpStatus, format('')).headers : {};

const isS3 = (model: ServiceModel | undefined): boolean => model?.id === 's3';

const requestIds = (model: ServiceModel | undefined, requestId: string): Record<string, string> =>
  isS3(model) ? { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId } : { 'x-amzn-requestid': requestId };

const s3Error = (failure: Failure, requestId: string): string =>
  element(
    'Error',
    element('Code', escapeXml(failure.queryCode)) +
      element('Message', escapeXml(failure.message)) +
      s3Fields(failure) +
      element('RequestId', requestId),
  );

const restError = (model: ServiceModel | undefined, failure: Failure, requestId: string): string =>
  element(
    'ErrorResponse',
    element('Error', errorMembers(failure)) + element('RequestId', requestId),
    model ? ` xmlns="${model.xmlNamespace}"` : '',
  );
