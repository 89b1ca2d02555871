import { resolve } from 'node:path';
import type { RealDataplaneOptions } from './dataplane/real.js';
import { clientEnvironment, defaultAccount } from './client-environment.js';
import { awsDoor } from './doors/aws-door.js';
import { listenHttp } from './doors/http.js';
import { lostConnections } from './doors/lost-connection.js';
import { twinDoor } from './doors/twin-door.js';
import type { TwinDescription } from './doors/twin-description.js';
import { inhabitedWorld } from './services/inhabited-world.js';
import { services } from './services/index.js';
import { ServiceModels } from './wire/service-models.js';
import { Wire } from './wire/wire.js';
import { CallLedger } from './world/calls.js';
import type { Dataplane } from './world/dataplane.js';
import { firstMoment } from './world/first-moment.js';
import { Timekeeper } from './world/timekeeper.js';

/** Their SDK clients are read at their first request: EC2's schemas cost as much time and memory as five others'. */
const readLater = new Set(['ec2']);

export interface TwinOptions {
  /** 0: any free one. */
  readonly port: number;
  /** World seconds per real second while nobody owns the clock; 0: it stands still. */
  readonly speed: number;
  readonly seed: number | string;
  /** Milliseconds since the epoch; by default the next 02:00Z at least an hour ahead. */
  readonly startsAt?: number | undefined;
  /** The twin's own folder, given its port. */
  readonly directory: (port: number) => string;
  readonly log: (message: string) => void;
  /** By default the real one: processes and sockets. */
  readonly dataplane?: Promise<Dataplane & Partial<NameServers>> | undefined;
}
export interface NameServers {
  /** `address:port`. */
  readonly dnsAddress: string;
  readonly resolverAddress: string;
  readonly overHoldingAddress: string;
  readonly certificateAuthority: string;
  /** The port that really listens where AWS would have `port`. */
  servedPort(port: number): number;
}
export interface Twin {
  readonly description: TwinDescription;
  readonly directory: string;
  /** World time at which it began, milliseconds since the epoch. */
  readonly begunAt: number;
  /** Resolves when somebody asks for the end over `/_twin/stop`. */
  readonly askedToStop: Promise<void>;
  /** Ends every child process and closes every socket. */
  stop(): Promise<void>;
}

/** Builds a world with its services, data plane and doors. @throws Error when the port is taken or the machine cannot carry the data plane. */
export const startTwin = async (options: TwinOptions): Promise<Twin> => {
  const { seed, log, startsAt = firstMoment() } = options;
  const door = await listenHttp(options.port);
  const directory = resolve(options.directory(door.port));
  const models = new ServiceModels(services, readLater);
  const begun = { now: (): number => startsAt };
  const dataplane = await (options.dataplane ?? realDataplane({ directory, log, now: () => begun.now(), endpoint: () => door.url })).catch(
    async (error: unknown) => {
      await door.close();
      throw error;
    },
  );

  const ledger = new CallLedger();
  const { world, dispatcher } = inhabitedWorld({
    ...{ services, ledger, account: defaultAccount, seed, startsAt, dataplane, endpoint: door.url },
    onEventError: (what, error) => log(`bug in the twin: ${what}: ${error instanceof Error ? error.stack : String(error)}`),
  });
  begun.now = () => world.now();
  const timekeeper = new Timekeeper(world, options.speed);

  const description: TwinDescription = {
    url: door.url,
    dns: dataplane.dnsAddress ?? null,
    resolver: dataplane.resolverAddress ?? null,
    overHoldingResolver: dataplane.overHoldingAddress ?? null,
    certificateAuthority: dataplane.certificateAuthority ?? null,
    privilegedPortOffset: (dataplane.servedPort?.(80) ?? 80) - 80,
    pid: process.pid,
    startedAt: new Date().toISOString(),
    environment: clientEnvironment(door.url, directory),
  };
  let askToStop: () => void = () => undefined;
  const askedToStop = new Promise<void>((done) => (askToStop = done));
  door.open({
    aws: awsDoor({ wire: new Wire(models), world, dispatcher, timekeeper, log }),
    twin: twinDoor({ world, timekeeper, ledger, services, seed, description, stop: askToStop }),
    breaksAfter: lostConnections(world.chance),
    log,
  });
  timekeeper.run();
  // In the background: who starts a twin has its own start to do, and a request that comes early waits.
  const modelsRead = models.load().catch((error: unknown) => log(`the SDK clients cannot be read: ${String(error)}`));
  return {
    description,
    directory,
    begunAt: startsAt,
    askedToStop,
    stop: async () => {
      timekeeper.pause();
      await modelsRead;
      await door.close();
      await dataplane.close();
    },
  };
};

const realDataplane = async (options: RealDataplaneOptions): Promise<Dataplane & NameServers> =>
  (await import('./dataplane/real.js')).realDataplane(options);
