import type { Readable } from 'node:stream';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { WireRequest, WireResponse } from './http-message.js';
import { readText, writeText } from './text-values.js';
import type { TimestampFormat } from './timestamps.js';

/** How a REST protocol writes what travels in the body. */
export interface BodyFormat {
  readonly contentType: string;
  /** All members that are bound to no other place. */
  readMembers(schema: NormalizedSchema, body: Buffer): Record<string, unknown>;
  writeMembers(schema: NormalizedSchema, value: Record<string, unknown>): string;
  /** One member that is the whole body. */
  readPayload(member: NormalizedSchema, body: Buffer): unknown;
  writePayload(member: NormalizedSchema, value: unknown): string;
}

type Values = Record<string, unknown>;

/** Where a member of a REST operation travels. */
const placeOf = (
  member: NormalizedSchema,
): 'label' | 'query' | 'query-rest' | 'header' | 'header-prefix' | 'status' | 'payload' | 'body' => {
  const traits = member.getMergedTraits();
  if (traits.httpLabel) return 'label';
  if (traits.httpQuery) return 'query';
  if (traits.httpQueryParams) return 'query-rest';
  if (traits.httpHeader) return 'header';
  if (traits.httpPrefixHeaders !== undefined) return 'header-prefix';
  if (traits.httpResponseCode) return 'status';
  return traits.httpPayload ? 'payload' : 'body';
};

export const travelsInBody = (member: NormalizedSchema): boolean => placeOf(member) === 'body';

/** Reads the input of a REST operation; `labels` are what its URI pattern captured. */
export const readBindings = (
  schema: NormalizedSchema,
  request: WireRequest,
  labels: Readonly<Record<string, string>>,
  format: BodyFormat,
): Values => {
  const input: Values = {};
  const put = (name: string, value: unknown): void => {
    if (value !== undefined) input[name] = value;
  };
  const named = new Set<string>();
  let inBody = false;
  for (const [name, member] of schema.structIterator()) {
    const place = placeOf(member);
    const { httpQuery } = member.getMergedTraits();
    if (httpQuery) named.add(httpQuery);
    if (place === 'label' && labels[name] !== undefined) put(name, readText(member, labels[name], 'date-time'));
    else if (place === 'query') put(name, readQuery(member, request.query));
    else if (place === 'header') put(name, readHeader(member, request.headers[member.getMergedTraits().httpHeader!.toLowerCase()]));
    else if (place === 'header-prefix') put(name, readPrefixed(member, request.headers));
    else if (place === 'payload') put(name, readPayload(member, request.body, format));
    else if (place === 'body') inBody = true;
  }
  for (const [name, member] of schema.structIterator())
    if (placeOf(member) === 'query-rest') put(name, readQueryRest(member, request.query, named));
  if (inBody && request.body.length > 0) Object.assign(input, format.readMembers(schema, request.body));
  return input;
};

const readQuery = (member: NormalizedSchema, query: URLSearchParams): unknown => {
  const values = query.getAll(member.getMergedTraits().httpQuery!);
  if (values.length === 0) return undefined;
  return member.isListSchema()
    ? values.map((value) => readText(member.getValueSchema(), value, 'date-time'))
    : readText(member, values[0]!, 'date-time');
};

const readQueryRest = (member: NormalizedSchema, query: URLSearchParams, named: ReadonlySet<string>): unknown => {
  const list = member.getValueSchema().isListSchema();
  const rest = [...new Set(query.keys())].filter((key) => !named.has(key) && !key.startsWith('X-Amz-') && key !== 'x-id');
  return rest.length === 0 ? undefined : Object.fromEntries(rest.map((key) => [key, list ? query.getAll(key) : query.get(key)]));
};

const readHeader = (member: NormalizedSchema, value: string | undefined): unknown => {
  if (value === undefined) return undefined;
  if (member.isListSchema())
    return splitList(member.getValueSchema(), value).map((each) => readText(member.getValueSchema(), each, 'http-date'));
  return member.getMergedTraits().mediaType ? Buffer.from(value, 'base64').toString() : readText(member, value, 'http-date');
};

/** Items are separated by commas and may be quoted; an http-date has a comma of its own. */
const splitList = (item: NormalizedSchema, text: string): string[] => {
  if (item.isTimestampSchema()) return text.match(/[^,]+,[^,]+/g)?.map((each) => each.trim()) ?? [];
  return [...text.matchAll(/\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)/g)]
    .filter((match) => match[0] !== '')
    .map((match) => match[1]?.replace(/\\(.)/g, '$1') ?? match[2]!.trim());
};

const readPrefixed = (member: NormalizedSchema, headers: WireRequest['headers']): unknown => {
  const prefix = member.getMergedTraits().httpPrefixHeaders!.toLowerCase();
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return found.length === 0 ? undefined : Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
};

const readPayload = (member: NormalizedSchema, body: Buffer, format: BodyFormat): unknown => {
  if (member.isBlobSchema()) return body.length > 0 || member.isStreaming() ? new Uint8Array(body) : undefined;
  if (body.length === 0) return undefined;
  return member.isStringSchema() ? body.toString() : format.readPayload(member, body);
};

/** Writes the output (or error) of a REST operation. */
export const writeBindings = (schema: NormalizedSchema, output: Values, status: number, format: BodyFormat): WireResponse => {
  const headers: Record<string, string> = {};
  let body: WireResponse['body'] = '';
  let code = status;
  let inBody = false;
  for (const [name, member] of schema.structIterator()) {
    const place = placeOf(member);
    if (place === 'body') inBody = true;
    const value = output[name];
    if (value === undefined || value === null) continue;
    if (place === 'header') headers[member.getMergedTraits().httpHeader!.toLowerCase()] = writeHeader(member, value);
    else if (place === 'header-prefix') Object.assign(headers, prefixed(member.getMergedTraits().httpPrefixHeaders!, value as Values));
    else if (place === 'status') code = Number(value);
    else if (place === 'payload') {
      if (!member.isBlobSchema() && !member.isStringSchema()) headers['content-type'] ??= format.contentType;
      body = isRaw(member) ? (value as string | Uint8Array | Readable) : format.writePayload(member, value);
    }
  }
  if (!inBody) return { status: code, headers, body };
  return { status: code, headers: { 'content-type': format.contentType, ...headers }, body: format.writeMembers(schema, output) };
};

const isRaw = (member: NormalizedSchema): boolean => member.isBlobSchema() || member.isStringSchema();

const writeHeader = (member: NormalizedSchema, value: unknown): string => {
  if (member.isListSchema()) return (value as unknown[]).map((each) => quoted(writeSimple(member.getValueSchema(), each))).join(', ');
  const text = writeSimple(member, value);
  return member.getMergedTraits().mediaType ? Buffer.from(text).toString('base64') : text;
};

const writeSimple = (schema: NormalizedSchema, value: unknown, timestamps: TimestampFormat = 'http-date'): string =>
  writeText(schema, value, timestamps);

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text);

const prefixed = (prefix: string, map: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [`${prefix}${key}`.toLowerCase(), String(value)]));
