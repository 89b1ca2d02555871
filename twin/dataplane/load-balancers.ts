import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import { createServer as createSecureServer } from 'node:https';
import type { CertificateAuthority } from './certificate-authority.js';
import type { LoadBalancerListener, LoadBalancers } from '../world/dataplane.js';

/** ALB's idle timeout is 60 s (`idle_timeout.timeout_seconds`); a target that hangs in a rehearsal need not cost a real minute. */
const defaultTargetTimeoutMs = 10_000;
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
const refuse = (response: ServerResponse, status: number): void => {
  if (response.headersSent) return void response.destroy();
  const title = titles[status];
  response.writeHead(status, { server: 'awselb/2.0', 'content-type': 'text/html' });
  response.end(`<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`);
};

interface Forwarding {
  readonly target: { address: string; port: number };
  readonly agent: Agent;
  readonly timeoutMs: number;
  readonly listener: LoadBalancerListener;
}
const forward = (incoming: IncomingMessage, response: ServerResponse, { target, agent, timeoutMs, listener }: Forwarding): void => {
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

/** Closes a server and every connection it has; resolves when its port is free. */
const shut = async (server: Server): Promise<void> => {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
};

interface Options {
  readonly servedPort: (port: number) => number;
  readonly targetTimeoutMs?: number;
  /** Makes the certificates of HTTPS listeners. */
  readonly authority: Pick<CertificateAuthority, 'issue'>;
}
interface Open {
  readonly region: string;
  readonly agent: Agent;
  readonly servers: readonly Server[];
}

/** Real HTTP and HTTPS reverse proxies: round robin, keep-alive to the targets. */
export class HttpLoadBalancers implements LoadBalancers {
  private readonly balancers = new Map<string, Open>();

  constructor(private readonly options: Options) {}

  async open(id: string, spec: { region: string; address: string; listeners: readonly LoadBalancerListener[] }): Promise<void> {
    await this.close(id);
    // Node's servers keep idle connections for 5 s, so that a connection kept longer than this may be closing.
    const agent = new Agent({ keepAlive: true, timeout: 4000 });
    const servers: Server[] = [];
    this.balancers.set(id, { region: spec.region, agent, servers });
    for (const listener of spec.listeners) {
      const server = this.server(listener, agent);
      servers.push(server);
      server.listen({ host: spec.address, port: this.options.servedPort(listener.port), exclusive: true });
      await once(server, 'listening');
    }
  }

  async close(id: string): Promise<void> {
    const found = this.balancers.get(id);
    this.balancers.delete(id);
    found?.agent.destroy();
    await Promise.all((found?.servers ?? []).filter((server) => server.listening).map(shut));
  }

  /** Closes every load balancer of the region, or of all. */
  async closeAll(region?: string): Promise<void> {
    const chosen = [...this.balancers].filter(([, open]) => region === undefined || open.region === region);
    await Promise.all(chosen.map(([id]) => this.close(id)));
  }

  private server(listener: LoadBalancerListener, agent: Agent): Server {
    const handler = this.handler(listener, agent);
    if (!listener.tls) return createServer(handler);
    const { certificate, ...versions } = listener.tls;
    return createSecureServer({ ...this.options.authority.issue(certificate), ...versions }, handler);
  }

  private handler(listener: LoadBalancerListener, agent: Agent) {
    let turn = 0;
    return (incoming: IncomingMessage, response: ServerResponse): void => {
      const targets = listener.targets();
      const target = targets[turn++ % Math.max(targets.length, 1)];
      if (!target) {
        incoming.resume();
        return refuse(response, 503);
      }
      const { servedPort, targetTimeoutMs: timeoutMs = defaultTargetTimeoutMs } = this.options;
      const served = { address: target.address, port: servedPort(target.port) };
      forward(incoming, response, { target: served, agent, timeoutMs, listener });
    };
  }
}
