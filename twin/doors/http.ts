import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RegionLost } from '../services/dispatcher.js';
import type { WireRequest, WireResponse } from '../wire/http-message.js';
import { readRequest } from './read-request.js';
import { writeResponse } from './write-response.js';

export interface HttpDoor {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly port: number;
  /** Requests that come before this wait. */
  open(behind: BehindTheDoor): void;
  close(): Promise<void>;
}
export interface BehindTheDoor {
  /** @throws RegionLost where nothing would answer. */
  readonly aws: (request: WireRequest) => Promise<WireResponse>;
  readonly twin: (request: WireRequest, response: ServerResponse) => Promise<void>;
  /** Real milliseconds until a connection to a lost region breaks. */
  readonly breaksAfter: () => number;
  readonly log: (message: string) => void;
}

/** Listens on loopback, and there only. Port 0: any free one. @throws Error EADDRINUSE */
export const listenHttp = async (port: number): Promise<HttpDoor> => {
  // Longer than any client keeps an idle connection: it must not break under a request that is just being sent.
  const server = createServer({ keepAliveTimeout: 65_000 });
  let open: (behind: BehindTheDoor) => void = () => undefined;
  const opened = new Promise<BehindTheDoor>((resolve) => (open = resolve));
  server.on('request', (message, response) => void opened.then((behind) => answer(message, response, behind)));
  await listening(server, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', reject);
      resolve();
    });
  });

const answer = async (message: IncomingMessage, response: ServerResponse, behind: BehindTheDoor): Promise<void> => {
  try {
    const request = await readRequest(message);
    if (request.path.startsWith('/_twin/')) await behind.twin(request, response);
    else await writeResponse(response, await behind.aws(request), request.method);
  } catch (error) {
    if (error instanceof RegionLost) {
      setTimeout(() => message.socket.destroy(), behind.breaksAfter());
      return;
    }
    // A client that hangs up in the middle of its request or of its answer is no news.
    if (!message.socket.destroyed) behind.log(`the door could not answer ${message.method} ${message.url}: ${String(error)}`);
    message.socket.destroy();
  }
};
