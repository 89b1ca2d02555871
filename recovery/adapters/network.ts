import { Resolver, promises as dns } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { promisify } from 'node:util';
import { RecoveryError } from '../model/recovery-error.js';
import type { DnsView, Network } from '../ports/network.js';
import { isLoopback } from './loopback.js';

export interface NameServers {
  /** `address:port` of servers that speak for the zone; null: ask the zone for its name servers. */
  readonly authoritative: readonly string[] | null;
  /** `address:port` of caching resolvers, all asked by `resolve` and the first used by `https`; null: the system's. */
  readonly resolvers: readonly string[] | null;
  readonly zone: string;
  /** File with the one root that is trusted, read for each request as it may not be there yet; null: those that Node.js trusts. */
  readonly authority: string | null;
  /** Added to ports below 1024: where the twin serves them when it may not bind them. */
  readonly privilegedPortOffset: number;
  /** True in a rehearsal: any other server or address is refused before a packet leaves. */
  readonly loopbackOnly: boolean;
}

const timeoutMs = 5_000;

/** The real network: names are looked up at the given servers and nowhere else. */
export const network = (servers: NameServers): Network => {
  const refuseBeyond = (address: string): void => {
    if (servers.loopbackOnly && !isLoopback(address))
      throw new RecoveryError('rejected', 'not-loopback', `refused to reach ${address}: a rehearsal stays on loopback`);
  };
  const ask = async (server: string, name: string): Promise<string[]> => {
    refuseBeyond(server.replace(/:\d+$/, ''));
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    resolver.setServers([server]);
    return promisify<string, string[]>((host, answer) => resolver.resolve4(host, answer))(name);
  };
  const view = async (kind: DnsView['view'], server: string, name: string): Promise<DnsView> => {
    try {
      return { view: kind, server, addresses: (await ask(server, name)).sort(), error: null };
    } catch (error) {
      return { view: kind, server, addresses: [], error: (error as NodeJS.ErrnoException).code ?? String(error) };
    }
  };
  const authoritative = async (): Promise<readonly string[]> => {
    if (servers.authoritative) return servers.authoritative;
    const names = await dns.resolveNs(servers.zone);
    return (await Promise.all(names.slice(0, 2).map((name) => dns.resolve4(name)))).flat();
  };
  const resolvers = servers.resolvers ?? dns.getServers();
  return {
    resolve: async (name) =>
      Promise.all([
        ...(await authoritative()).map((server) => view('authoritative', server, name)),
        ...resolvers.map((server) => view('resolver', server, name)),
      ]),
    https: async ({ host, port, path, method = 'GET', body }) => {
      const noAnswer = (why: string, cause: unknown): RecoveryError =>
        new RecoveryError('transient', 'no-answer', `https://${host}:${port}${path}: ${why}`, { cause });
      const [server] = resolvers;
      if (server === undefined && servers.loopbackOnly) throw noAnswer('this world has no name server', undefined);
      const addresses = await (server === undefined ? dns.resolve4(host) : ask(server, host)).catch((cause: NodeJS.ErrnoException) => {
        if (cause instanceof RecoveryError) throw cause;
        throw noAnswer(`the name ${host} does not resolve (${cause.code ?? cause.message})`, cause);
      });
      const [address] = addresses;
      if (address === undefined) throw noAnswer(`the name ${host} has no address`, undefined);
      refuseBeyond(address);
      const ca = await root(servers.authority).catch((cause: Error) => {
        throw noAnswer(`there is no certificate authority to trust yet (${cause.message})`, cause);
      });
      const served = port < 1024 ? port + servers.privilegedPortOffset : port;
      return once(address, { host, port: served, path, method, body, ca }, noAnswer);
    },
  };
};

const root = async (file: string | null): Promise<string | undefined> => (file === null ? undefined : readFile(file, 'utf8'));

const once = (
  address: string,
  ask: { host: string; port: number; path: string; method: string; body: unknown; ca: string | undefined },
  noAnswer: (why: string, cause: unknown) => RecoveryError,
): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const payload = ask.body === undefined ? undefined : JSON.stringify(ask.body);
    const sent = request(
      {
        host: address,
        port: ask.port,
        path: ask.path,
        method: ask.method,
        timeout: timeoutMs,
        agent: false,
        servername: ask.host,
        ...(ask.ca === undefined ? {} : { ca: ask.ca }),
        headers: {
          host: ask.host,
          ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
        response.on('error', (cause) => reject(noAnswer('the answer broke off', cause)));
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    sent.on('error', (cause) => reject(noAnswer(cause.message, cause)));
    sent.end(payload);
  });
