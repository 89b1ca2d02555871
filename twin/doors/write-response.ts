import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { WireResponse } from '../wire/http-message.js';

/** Sends an answer; the answer to HEAD keeps its headers and loses its body. */
export const writeResponse = async (to: ServerResponse, response: WireResponse, method: string, now: number): Promise<void> => {
  const headers = { ...response.headers, date: new Date(now).toUTCString() };
  if (method === 'HEAD') {
    to.writeHead(response.status, headers).end();
    return;
  }
  const { body } = response;
  if (body instanceof Readable) {
    to.writeHead(response.status, headers);
    await pipeline(body, to);
    return;
  }
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const bodiless = response.status === 204 || response.status === 304;
  to.writeHead(response.status, bodiless ? headers : { ...headers, 'content-length': String(bytes.length) }).end(
    bodiless ? undefined : bytes,
  );
};
