import { readForm, type FormDialect } from '../form-values.js';
import type { ServiceModel } from '../service-model.js';
import { element, escapeXml, writeMembers } from '../xml-values.js';
import type { Failure } from '../failure.js';
import type { Protocol } from './protocol.js';

/** AWS Query and its EC2 dialect: a form in, XML out. */
export const query = (dialect: FormDialect): Protocol => ({
  read: (operation, request) => readForm(operation.input, formFields(request.query, request.body), dialect),
  write: (model, operation, output, requestId) => {
    const { children } = writeMembers(operation.output, output);
    const content =
      dialect === 'ec2Query'
        ? element('requestId', requestId) + children
        : (operation.output.isUnitSchema() ? '' : element(`${operation.name}Result`, children)) +
          element('ResponseMetadata', element('RequestId', requestId));
    return xmlResponse(200, element(`${operation.name}Response`, content, ` xmlns="${model.xmlNamespace}"`), requestId);
  },
  refuse: (model, failure, requestId) => {
    const status = failure.askedStatus ?? failure.queryStatus;
    return xmlResponse(status, dialect === 'ec2Query' ? ec2Error(failure, requestId) : queryError(model, failure, requestId), requestId);
  },
});

/** A request's fields, whether they came in the body or (GET) in the URL. */
export const formFields = (inUrl: URLSearchParams, body: Buffer): URLSearchParams =>
  body.length > 0 ? new URLSearchParams(body.toString()) : inUrl;

const xmlResponse = (status: number, body: string, requestId: string) => ({
  status,
  headers: { 'content-type': 'text/xml;charset=utf-8', 'x-amzn-requestid': requestId },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

const ec2Error = (failure: Failure, requestId: string): string => {
  const error = element('Code', escapeXml(failure.queryCode)) + element('Message', escapeXml(failure.message));
  return element('Response', element('Errors', element('Error', error)) + element('RequestID', requestId));
};

const queryError = (model: ServiceModel | undefined, failure: Failure, requestId: string): string =>
  element(
    'ErrorResponse',
    element('Error', errorMembers(failure)) + element('RequestId', requestId),
    model ? ` xmlns="${model.xmlNamespace}"` : '',
  );

/** `Type`, `Code` and `Message`, then what else the error's shape has. */
export const errorMembers = (failure: Failure): string =>
  element('Type', failure.fault === 'client' ? 'Sender' : 'Receiver') +
  element('Code', escapeXml(failure.queryCode)) +
  element('Message', escapeXml(failure.message)) +
  otherMembers(failure);

/** The error's members apart from its message. */
const otherMembers = ({ schema, members }: Failure): string => {
  const others = Object.fromEntries(Object.entries(members).filter(([name]) => name.toLowerCase() !== 'message'));
  return schema ? writeMembers(schema, others).children : '';
};
