/** What a simulated site answers over HTTPS and DNS: the network port of a run in a simulated world. */
import type { EpochRecord } from '../../../lib/contract/outputs.js';
import type { ModelDataplane } from '../../../twin/doors/in-process.js';
import { RecoveryError } from '../../model/recovery-error.js';
import { milliseconds } from '../../model/time.js';
import type { DnsView, Network } from '../../ports/network.js';
import { controlsNow } from './routing-controls.js';
import type { StandingWorld } from './standing-world.js';
import { epochNow, switchNow } from './traffic.js';

export interface WebAnswer {
  readonly status?: number;
  readonly body: unknown;
}
/** What is answered, by path without its query and given its `token`; a missing path is a refused connection. */
export type Website = Map<string, (token: string) => WebAnswer | Promise<WebAnswer>>;
/** What every view of DNS gives for a name. */
export type Names = Map<string, readonly DnsView[] | (() => Promise<readonly DnsView[]>)>;

export const networkOver = (website: Website, names: Names, requested: (what: string) => void = () => undefined): Network => ({
  https: async ({ host, path }) => {
    requested(`${host}${path}`);
    const route = website.get(path.split('?')[0] ?? '');
    if (!route) throw new RecoveryError('transient', 'no-answer', `https://${host}${path}: connection refused`);
    const { status = 200, body } = await route(new URL(path, 'https://web').searchParams.get('token') ?? '');
    return { status, body: JSON.stringify(body) };
  },
  resolve: async (name) => {
    const views = names.get(name) ?? [];
    return typeof views === 'function' ? views() : views;
  },
});

export interface WebWorld extends StandingWorld {
  readonly dataplane: ModelDataplane;
  readonly website: Website;
  readonly names: Names;
}

const addressHere = '127.9.0.2';
const addressThere = '127.9.0.1';

/** What the tasks of the site recovered to answer: nothing while none runs, and writes by the fence. `rows` is how many orders the recovered data has. */
export const answerAsApplication = (world: WebWorld, rows: () => number = () => 3): void => {
  const { website, names, targets, to, dataplane } = world;
  const noTarget: WebAnswer = { status: 503, body: 'no target' };
  const unreadable: WebAnswer = { status: 503, body: { error: 'database', reason: 'invalid page in block 0 of relation "orders"' } };
  const serves = (): boolean => [...dataplane.taskSpecs.values()].some(({ region }) => region === to.region);
  const damaged = (): boolean => [...dataplane.databaseNames.values()].some((database) => database.damaged);
  const route = (path: string, body: (token: string) => unknown): void =>
    void website.set(path, async (token) => (serves() ? { body: await body(token) } : noTarget));
  const reads = (path: string, body: () => object): void =>
    void website.set(path, () => (damaged() ? unreadable : serves() ? { body: body() } : noTarget));
  const { engineVersion } = targets.facts.database;
  route(targets.facts.web.healthPath, () => ({ status: 'ok' }));
  reads('/sql-check', () => ({ read: true, write: true, rows: rows(), engineVersion }));
  reads('/orders/count', () => ({ count: rows() }));
  route('/info', async () => {
    // Whoever cannot see the fence has no lease on it, and takes no writes.
    const { epoch, writer } = ((await epochNow(world)) ?? { epoch: null, writer: null }) as Partial<EpochRecord>;
    return { site: to.name, epoch, writable: writer === to.name, database: 'reachable' };
  });
  route('/canary', async (token) => {
    const logEvents = [{ timestamp: world.now(), message: JSON.stringify({ event: 'canary', token }) }];
    // A line that cannot be delivered is dropped, as by the log driver.
    await world
      .call('cloudwatch-logs', 'PutLogEvents', { logGroupName: targets.site.logGroup, logStreamName: 'web', logEvents })
      .catch(() => undefined);
    return { token };
  });
  names.set(targets.site.originName, [{ view: 'authoritative', server: 'ns', addresses: [addressHere], error: null }]);
};

/** Seconds after the switch was thrown until each view of DNS shows it. */
export interface Lateness {
  readonly authoritative: number;
  readonly honest: number;
  readonly overHolding: number;
}

/** The customers' name follows the switch: the name servers when health checkers agree, a resolver a TTL later, and one that over-holds long after. */
export const followSwitch = (world: WebWorld, lateness: Lateness = { authoritative: 30, honest: 90, overHolding: 3600 }): void => {
  const movedAt = whenMoved(world);
  world.names.set(world.targets.global.webName, async () => {
    const moved = await movedAt();
    const after = (seconds: number): string[] => [
      moved !== undefined && world.now() >= moved + seconds * 1000 ? addressHere : addressThere,
    ];
    return [
      { view: 'authoritative', server: 'ns', addresses: after(lateness.authoritative), error: null },
      { view: 'resolver', server: 'honest', addresses: after(lateness.honest), error: null },
      { view: 'resolver', server: 'over-holding', addresses: after(lateness.overHolding), error: null },
    ];
  });
};

/** When traffic was moved, milliseconds of the world: by the object's own word, or when its routing control is first seen on. */
const whenMoved = (world: WebWorld): (() => Promise<number | undefined>) => {
  let seenAt: number | undefined;
  return async () => {
    if (!world.targets.global.routingControls) {
      const thrown = (await switchNow(world)) as { at: string } | undefined;
      return thrown && milliseconds(thrown.at);
    }
    if (seenAt === undefined && (await controlsNow(world))?.[world.to.name] === 'On') seenAt = world.now();
    return seenAt;
  };
};
