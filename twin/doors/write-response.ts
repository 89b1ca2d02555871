import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { WireResponse } from '../wire/http-message.js';

/**
 * Sends an answer; the answer to HEAD keeps its headers and loses its body. The Date header stays real time: with the world's,
 * SDK clients would take their own clocks for skewed, and try every error again.
 */
export const writeResponse = async (to: ServerResponse, response: WireResponse, method: string): Promise<void> => {
  const { headers } = response;
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
