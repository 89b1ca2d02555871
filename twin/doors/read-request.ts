import type { IncomingMessage } from 'node:http';
import { parseTarget, type WireRequest } from '../wire/http-message.js';

/** The whole request, body included. */
export const readRequest = async (message: IncomingMessage): Promise<WireRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
  return inPath({ method: message.method ?? 'GET', ...parseTarget(message.url ?? '/'), headers, body: Buffer.concat(chunks) });
};

const bucketHost = /^(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?::\d+)?$/;

/** A request to `BUCKET.s3.REGION.amazonaws.com` as the same request with the bucket in its path. */
const inPath = (request: WireRequest): WireRequest => {
  const bucket = bucketHost.exec(request.headers.host ?? '')?.[1];
  return bucket === undefined ? request : { ...request, path: `/${bucket}${request.path}` };
};
