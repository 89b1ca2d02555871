import { request as httpRequest, type Agent, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { LoadBalancerListener } from '../world/dataplane.js';

const titles: Record<number, string> = { 502: '502 Bad Gateway', 503: '503 Service Temporarily Unavailable', 504: '504 Gateway Time-out' };
/** Headers about one connection, not about the message (RFC 9110, 7.6.1). */
const perConnection = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

const endToEnd = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !perConnection.includes(name)));

/** Answers as the load balancer itself, with the page that ALB shows. */
export const refuse = (response: ServerResponse, status: number): void => {
  if (response.headersSent) return void response.destroy();
  const title = titles[status];
  response.writeHead(status, { server: 'awselb/2.0', 'content-type': 'text/html' });
  response.end(`<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`);
};

export interface Forwarding {
  readonly target: { address: string; port: number };
  readonly agent: Agent;
  readonly timeoutMs: number;
  readonly listener: LoadBalancerListener;
}
/** Hands a request on to a target, and its answer back: 502 when the target hangs up, 504 when it takes too long. */
export const forward = (incoming: IncomingMessage, response: ServerResponse, { target, agent, timeoutMs, listener }: Forwarding): void => {
  const client = incoming.socket.remoteAddress ?? '';
  const before = incoming.headers['x-forwarded-for'];
  const headers = {
    ...endToEnd(incoming.headers),
    'x-forwarded-for': before ? `${String(before)}, ${client}` : client,
    'x-forwarded-proto': listener.tls ? 'https' : 'http',
    'x-forwarded-port': String(listener.port),
  };
  const { method, url } = incoming;
  const outgoing = httpRequest({ host: target.address, port: target.port, method, path: url, headers, agent });
  let failure = 502;
  const deadline = setTimeout(() => {
    failure = 504;
    outgoing.destroy();
  }, timeoutMs);
  outgoing.on('response', (answer) => {
    clearTimeout(deadline);
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.headers));
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  outgoing.on('error', () => refuse(response, failure));
  outgoing.on('close', () => clearTimeout(deadline));
  response.on('close', () => {
    if (!response.writableFinished) outgoing.destroy(); // the client is gone
  });
  incoming.pipe(outgoing);
};
