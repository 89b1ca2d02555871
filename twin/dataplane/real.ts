import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { accessKeyOf } from '../wire/credential.js';
import type { Dataplane } from '../world/dataplane.js';
import { durations } from '../world/durations.js';
import { CertificateAuthority } from './certificate-authority.js';
import { cachingResolver, heldAtLeast } from './caching-resolver.js';
import { PostgresDatabases } from './databases.js';
import { serveDns, type DnsReply } from './dns-server.js';
import { HttpLoadBalancers } from './load-balancers.js';
import { claimLoopbackRange } from './loopback-range.js';
import { Moments } from './moments.js';
import { Names } from './names.js';
import { findPostgresHome } from './postgres-home.js';
import { probe } from './probe.js';
import { startReaper } from './reaper.js';
import { RegionGate } from './region-gate.js';
import { shareClock } from './shared-clock.js';
import { ProcessTasks } from './tasks.js';

export interface RealDataplaneOptions {
  /** The twin's own folder; databases are in `directory/postgres`. */
  readonly directory: string;
  readonly log: (message: string) => void;
  /** The world's time, milliseconds since the epoch. */
  readonly now: () => number;
  /** URL of the twin's AWS door for containers and probes; asked when needed, as the door opens after the data plane. Its host is an address. */
  readonly endpoint: () => string;
}
export interface RealDataplane extends Dataplane {
  /** `address:port` of the name server that is authoritative for the hosted zones. */
  readonly dnsAddress: string;
  /** `address:port` of the caching resolver, which knows AWS-owned names too. */
  readonly resolverAddress: string;
  /** `address:port` of a resolver that keeps answers longer than their TTL, as some do: nothing of the twin's uses it. */
  readonly overHoldingAddress: string;
  /** File with the root that HTTPS listeners' and databases' certificates are signed by; there once the first of them is. */
  readonly certificateAuthority: string;
  /** The port that really listens, at any address of the twin's, where AWS would have `port`. */
  servedPort(port: number): number;
}

const authorityIn = (directory: string): string => resolve(directory, 'certificate-authority.pem');

/** What Fargate adds to a container's environment. An access key of the account stands for the task role. */
const platformOf =
  ({ endpoint, directory }: RealDataplaneOptions) =>
  ({ account, region }: { account: string; region: string }) => ({
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint(),
    AWS_ACCESS_KEY_ID: accessKeyOf(account),
    AWS_SECRET_ACCESS_KEY: 'task-role',
    // Images trust Amazon's authorities; here one stands for them.
    NODE_EXTRA_CA_CERTS: authorityIn(directory),
  });

/** The data plane of a rehearsal: PostgreSQL, the applications, load balancers and DNS as real processes and sockets. Throws UnsuitableMachine. */
export const realDataplane = async (options: RealDataplaneOptions): Promise<RealDataplane> => {
  const { directory, log, now, endpoint } = options;
  const range = await claimLoopbackRange(log);
  const { servedPort, movedPorts } = range;
  const home = findPostgresHome(directory, log);
  const reaper = startReaper(home.temporaryData);
  const gate = new RegionGate();
  const names = new Names();

  const port = servedPort(53);
  const [dnsHost, resolverHost, overHoldingHost] = [range.own(1), range.own(2), range.own(3)];
  const resolver = `${resolverHost}:${port}`;
  const source = (name: string, type: string): DnsReply => names.anywhere(name, type);
  const dnsServers = await Promise.all([
    serveDns({ address: dnsHost, port, role: 'authoritative', answer: (name, type) => names.authoritative(name, type), log }),
    serveDns({ address: resolverHost, port, role: 'resolver', answer: cachingResolver(source, now), log }),
    serveDns({
      address: overHoldingHost,
      port,
      role: 'resolver',
      answer: cachingResolver(heldAtLeast(durations['dns.over-hold'].least, source), now),
      log,
    }),
  ]);

  const moments = new Moments(now());
  const certificateAuthority = authorityIn(directory);
  const authority = new CertificateAuthority(certificateAuthority);
  const databases = new PostgresDatabases({ home, reaper, gate, servedPort, moments, authority });
  const clock = shareClock(directory, now());
  const tasks = new ProcessTasks({ reaper, gate, clock: clock.descriptor, log, resolver, movedPorts, platform: platformOf(options) });
  const loadBalancers = new HttpLoadBalancers({ servedPort, authority });
  const killAll = (region?: string): Promise<unknown> =>
    Promise.all([tasks.kill(region), databases.kill(region), loadBalancers.closeAll(region)]);
  /** Ends everything in the region, or everywhere; also what had begun and comes to its end only now. */
  const end = async (region?: string): Promise<void> => {
    gate.lose(region);
    await killAll(region);
    await gate.quiet(region);
    await killAll(region);
  };
  // Health checkers ask the servers in charge every time: a cache that remembers nothing.
  const addressesNow = (name: string): string[] => {
    const { answers } = cachingResolver(source, now)(name, 'A');
    return answers.filter(({ type }) => type === 'A').map(({ data }) => data);
  };

  return {
    dnsAddress: `${dnsHost}:${port}`,
    resolverAddress: resolver,
    overHoldingAddress: `${overHoldingHost}:${port}`,
    certificateAuthority,
    servedPort,
    network: {
      allocateAddress: (region) => range.allocate(region),
      announce: (hostname, addresses) => names.announce(hostname, addresses),
      addressesOf: (hostname) => names.addressesOf(hostname),
      probe: (target) => probe(target, { resolve: addressesNow, servedPort, endpoint }),
    },
    databases,
    tasks,
    loadBalancers,
    dns: { serve: (answer) => names.serve(answer) },
    loseRegion: async (region) => {
      await end(region);
      await databases.moveAway(region);
    },
    returnRegion: async (region) => {
      gate.bringBack(region);
      await databases.bringBack(region);
      await loadBalancers.bringBack(region);
      tasks.bringBack(region);
    },
    tellTime: (instant) => {
      clock.set(instant);
      moments.note(instant);
    },
    close: async () => {
      await end();
      await Promise.all(dnsServers.map((server) => server.close()));
      reaper.close();
      range.release();
      clock.close();
      if (home.temporaryData !== undefined) await rm(home.temporaryData, { recursive: true, force: true });
    },
  };
};
