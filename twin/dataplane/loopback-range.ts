import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type ListenOptions, type Server } from 'node:net';
import { UnsuitableMachine } from './unsuitable-machine.js';

/** A part of 127.0.0.0/8 that is this twin's alone: 127.N.0.0/16. */
export interface LoopbackRange {
  /** An address of the twin's own: 127.N.0.1 and on. */
  own: (host: number) => string;
  /** An address nobody has had before; each region has a block of its own. */
  allocate: (region: string) => string;
  /** The port that really listens where AWS would have `port`: 8000 more where this user or this machine cannot give `port` itself. */
  servedPort: (port: number) => number;
  /** Ports that are served elsewhere. */
  readonly movedPorts: Readonly<Record<number, number>>;
  release: () => void;
}

const firstNetwork = 16;
const lastNetwork = 250;
const blocksPerRegion = 16;
const hostsPerBlock = 250;
/** The ports a twin is likely to serve; tried once, at the start, so that what `servedPort` says never changes. */
const usualPorts = [53, 80, 443, 5432, 8080];
const moved = (port: number): number => 8000 + port;

const listening = async (options: ListenOptions): Promise<Server> => {
  const server = createServer();
  server.listen({ exclusive: true, ...options });
  await once(server, 'listening');
  return server;
};
const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);

/** The second octets of loopback addresses that something listens on now, from the kernel's table (addresses are little-endian hex). */
const networksInUse = (): Set<number> => {
  const rows = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1);
  const listeners = rows.map((row) => row.trim().split(/\s+/)).filter(([, , , state]) => state === '0A');
  const addresses = listeners.map(([, local]) => local?.slice(0, 8) ?? '').filter((hex) => hex.endsWith('7F'));
  return new Set(addresses.map((hex) => Number.parseInt(hex.slice(4, 6), 16)));
};

/** Holds network N by a name in the kernel's abstract socket space, which is as wide as loopback is and gone with the process. */
const claimNetwork = async (): Promise<{ network: number; claim: Server }> => {
  const used = networksInUse();
  for (let network = firstNetwork; network <= lastNetwork; network++) {
    if (used.has(network)) continue;
    try {
      return { network, claim: await listening({ path: `\0altsite-twin-127.${network}` }) };
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw error;
    }
  }
  throw new UnsuitableMachine(`every network from 127.${firstNetwork}.0.0 to 127.${lastNetwork}.0.0 is in use: stop a twin first`);
};

/** Undefined when `port` can be listened on, else the error's code. */
const refusal = async (host: string, port: number): Promise<string | undefined> => {
  try {
    (await listening({ host, port })).close();
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
};

const movedPortsOf = async (ports: readonly number[], host: string, log: (message: string) => void): Promise<Record<number, number>> => {
  const found: Record<number, number> = {};
  for (const port of ports) {
    const why = await refusal(host, port);
    if (why === undefined) continue;
    if (why === 'EADDRNOTAVAIL')
      throw new UnsuitableMachine(`${host} is no address here: the twin needs the whole of 127.0.0.0/8, as on Linux`);
    const instead = await refusal(host, moved(port));
    if (instead) throw new UnsuitableMachine(`neither port ${port} (${why}) nor ${moved(port)} (${instead}) can be listened on`);
    log(`PORT ${port} CANNOT BE SERVED HERE (${why}): everything of the twin's that AWS has on port ${port} is on port ${moved(port)}`);
    found[port] = moved(port);
  }
  return found;
};

/** Claims a part of the loopback range that no other twin and no listener has; throws UnsuitableMachine where there is none. */
export const claimLoopbackRange = async (log: (message: string) => void, ports: readonly number[] = usualPorts): Promise<LoopbackRange> => {
  if (process.platform !== 'linux')
    throw new UnsuitableMachine(`the twin needs the whole of 127.0.0.0/8, as on Linux; this is ${process.platform}`);
  const { network, claim } = await claimNetwork();
  claim.unref();
  const own = (host: number): string => `127.${network}.0.${host}`;
  const movedPorts = await movedPortsOf(ports, own(1), log).catch((error: unknown) => {
    claim.close();
    throw error;
  });
  const lowPortsDenied = movedPorts[80] !== undefined && movedPorts[443] !== undefined;
  const allocated = new Map<string, number>();
  return {
    own,
    movedPorts,
    allocate: (region) => {
      const count = allocated.get(region) ?? 0;
      allocated.set(region, count + 1);
      const block = 1 + [...allocated.keys()].indexOf(region) * blocksPerRegion + Math.floor(count / hostsPerBlock);
      if (block > 255 || count >= blocksPerRegion * hostsPerBlock)
        throw new Error(`127.${network}.0.0/16 has no address left for ${region}`);
      return `127.${network}.${block}.${(count % hostsPerBlock) + 1}`;
    },
    servedPort: (port) => movedPorts[port] ?? (lowPortsDenied && port < 1024 ? moved(port) : port),
    release: () => void claim.close(),
  };
};
