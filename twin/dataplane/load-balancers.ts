import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { createServer as createSecureServer } from 'node:https';
import type { CertificateAuthority } from './certificate-authority.js';
import type { LoadBalancerListener, LoadBalancers } from '../world/dataplane.js';
import { forward, refuse } from './forwarding.js';

/** ALB's idle timeout is 60 s (`idle_timeout.timeout_seconds`); a target that hangs in a rehearsal need not cost a real minute. */
const defaultTargetTimeoutMs = 10_000;

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
interface Spec {
  readonly region: string;
  readonly address: string;
  readonly listeners: readonly LoadBalancerListener[];
}
interface Open {
  readonly spec: Spec;
  readonly agent: Agent;
  readonly servers: readonly Server[];
}

/** Real HTTP and HTTPS reverse proxies: round robin, keep-alive to the targets. */
export class HttpLoadBalancers implements LoadBalancers {
  private readonly balancers = new Map<string, Open>();
  /** Closed with their regions. */
  private readonly lost = new Map<string, Spec>();

  constructor(private readonly options: Options) {}

  async open(id: string, spec: Spec): Promise<void> {
    await this.close(id);
    // Node's servers keep idle connections for 5 s, so that a connection kept longer than this may be closing.
    const agent = new Agent({ keepAlive: true, timeout: 4000 });
    const servers: Server[] = [];
    this.balancers.set(id, { spec, agent, servers });
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
    const chosen = [...this.balancers].filter(([, { spec }]) => region === undefined || spec.region === region);
    if (region !== undefined) for (const [id, { spec }] of chosen) this.lost.set(id, spec);
    await Promise.all(chosen.map(([id]) => this.close(id)));
  }

  /** Opens those again that were closed with the region. */
  async bringBack(region: string): Promise<void> {
    for (const [id, spec] of this.lost) {
      if (spec.region !== region) continue;
      this.lost.delete(id);
      await this.open(id, spec);
    }
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
