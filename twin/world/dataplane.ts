/**
 * What stands behind the records: the real things of a rehearsal. Services speak to these interfaces only;
 * `twin/dataplane/` implements them with real processes and sockets.
 * Every thing has a loopback address of its own (127.x.y.z), so that it can listen on the port that AWS would use.
 */
export interface Dataplane {
  readonly network: Network;
  readonly databases: Databases;
  readonly tasks: Tasks;
  readonly loadBalancers: LoadBalancers;
  readonly dns: Dns;
  /** The region's processes die, its sockets close, its databases' data directories are moved out of reach. */
  loseRegion(region: string): Promise<void>;
  /** As after a power cut: databases recover what they had committed, load balancers listen; tasks are gone, and told to be. */
  returnRegion(region: string): Promise<void>;
  /** From now on every process that lives in world time (ECS tasks) reads this on its clock. */
  tellTime(now: number): void;
  /** Stops every child process and listener. */
  close(): Promise<void>;
}

export interface Network {
  /** A loopback address nobody else in this twin has. */
  allocateAddress(region: string): string;
  /** Gives a host name under amazonaws.com (or any other AWS-owned name) its addresses; an empty list withdraws it. */
  announce(hostname: string, addresses: readonly string[]): void;
  /** Addresses of an announced name; empty when unknown. */
  addressesOf(hostname: string): readonly string[];
  /** One HTTP GET from inside the network, as a health checker makes it. Never throws. Names are AWS-owned or answered by `dns`. */
  probe(target: ProbeTarget): Promise<ProbeResult>;
}

export interface ProbeTarget {
  readonly protocol: 'http' | 'https' | 'tcp';
  /** Either an address or a name. */
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  /** Sent as the Host header when `host` is an address. */
  readonly hostHeader?: string;
  /** Milliseconds of real time. */
  readonly timeoutMs: number;
  /** Return the first 5,120 bytes of the body too. */
  readonly wantBody?: boolean;
}
export interface ProbeResult {
  readonly reached: boolean;
  readonly status?: number;
  readonly body?: string;
  /** Why it was not reached, in words. */
  readonly reason?: string;
}

/** Names one database or snapshot: ids are unique within account and region. */
export interface DataKey {
  readonly account: string;
  readonly region: string;
  readonly id: string;
}

/** Where a database listens. */
export interface DatabasePlace {
  readonly address: string;
  readonly port: number;
  /** What clients know it by, and its certificate says; without it, it speaks no TLS. */
  readonly hostname?: string;
}
export interface DatabaseSpec extends DatabasePlace {
  readonly masterUsername: string;
  readonly masterPassword: string;
  /** Created by `create`, if given; a restore brings its own. */
  readonly databaseName?: string;
}

/** A snapshot, and the log of its database since: together any instant of the world in between. */
export interface PointInTime {
  readonly snapshot: DataKey;
  readonly log: DataKey;
  /** World time, milliseconds. What was committed until then, and nothing later; to the second. */
  readonly instant: number;
}

/** One real PostgreSQL cluster per DB instance. */
export interface Databases {
  create(key: DataKey, spec: DatabaseSpec): Promise<void>;
  /** Starts a new cluster from the bytes of a snapshot: same roles, passwords and rows as when it was taken. */
  restore(snapshot: DataKey, key: DataKey, spec: DatabasePlace): Promise<void>;
  setPassword(key: DataKey, username: string, password: string): Promise<void>;
  /** From now on, and after every start, new connections in the clear are refused or not. */
  requireTls(key: DataKey, required: boolean): Promise<void>;
  reboot(key: DataKey): Promise<void>;
  stop(key: DataKey): Promise<void>;
  start(key: DataKey): Promise<void>;
  destroy(key: DataKey): Promise<void>;
  /** Physical copy of the running cluster as of now; returns its size in bytes. */
  snapshot(key: DataKey, snapshot: DataKey): Promise<{ bytes: number }>;
  copySnapshot(from: DataKey, to: DataKey): Promise<{ bytes: number }>;
  deleteSnapshot(snapshot: DataKey): Promise<void>;
  /** Snapshots in a region, the oldest first. */
  snapshotsIn(region: string): readonly DataKey[];
  /** From now on a cluster that is restored from it starts and lets people in, and cannot read their tables. Returns the pages damaged. */
  damageSnapshot(snapshot: DataKey): Promise<number>;
  /** Brings a log up to date with what its database has written; called the first time, it begins there. */
  shipLog(key: DataKey, log: DataKey): Promise<void>;
  /** Brings one log up to date with another. */
  copyLog(from: DataKey, to: DataKey): Promise<void>;
  deleteLog(log: DataKey): Promise<void>;
  /** As `restore`, and what was committed after the snapshot besides, as far as the log reaches. */
  recover(from: PointInTime, key: DataKey, spec: DatabasePlace): Promise<void>;
  /** Starts a cluster that follows another as it is written, and takes no writes. */
  replicate(source: DataKey, key: DataKey, spec: DatabasePlace): Promise<void>;
  /** The follower takes writes from now on and follows nobody. */
  promote(key: DataKey): Promise<void>;
  /** True when the server accepts a connection and answers a query as the master user. */
  answers(key: DataKey): Promise<boolean>;
}

export interface TaskSpec {
  readonly region: string;
  readonly account: string;
  readonly address: string;
  /** Repository URI with digest, e.g. `111122223333.dkr.ecr.eu-west-1.amazonaws.com/name@sha256:…`. */
  readonly image: string;
  readonly command?: readonly string[];
  /** The whole environment the task definition gives (plain values and resolved secrets). */
  readonly environment: Readonly<Record<string, string>>;
  /** Every line the container writes, as awslogs would ship it. */
  readonly onLine: (line: string) => void;
  /** Called once, when the process is gone. */
  readonly onExit: (exitCode: number | null) => void;
}

/** One real process per container of an ECS task. */
export interface Tasks {
  /** True when the digest names a program this machine has. */
  knowsImage(image: string): boolean;
  run(id: string, spec: TaskSpec): Promise<void>;
  stop(id: string): Promise<void>;
}

/** A certificate by what it says; the data plane makes its key and its bytes, once for each `id`. */
export interface ServerCertificate {
  readonly id: string;
  readonly names: readonly string[];
  /** As ACM calls them: `RSA_2048`, `EC_prime256v1`. */
  readonly keyAlgorithm: string;
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
}
export interface LoadBalancerListener {
  readonly port: number;
  /** Absent: clear HTTP. */
  readonly tls?:
    | {
        readonly certificate: ServerCertificate;
        readonly minVersion: 'TLSv1' | 'TLSv1.2' | 'TLSv1.3';
        readonly maxVersion: 'TLSv1.2' | 'TLSv1.3';
      }
    | undefined;
  /** Asked at every request: the addresses that may be sent to now, in no order. */
  readonly targets: () => readonly { address: string; port: number }[];
}

/** One real HTTP reverse proxy per application load balancer: 503 with no target, 502 when a target hangs up, as ALB answers. */
export interface LoadBalancers {
  open(id: string, spec: { region: string; address: string; listeners: readonly LoadBalancerListener[] }): Promise<void>;
  close(id: string): Promise<void>;
}

export interface DnsAnswer {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'REFUSED';
  readonly answers: readonly { name: string; type: string; ttl: number; data: string }[];
}
/** Authoritative answers come from whoever `serve`d last (Route 53); AWS-owned names come from the network. */
export interface Dns {
  serve(answer: (name: string, type: string) => DnsAnswer): void;
}
