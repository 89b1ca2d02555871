import { readFileSync } from 'node:fs';
import type { EpochRecord } from '../../lib/contract/outputs.js';
import { checks } from '../../recovery/checks/index.js';
import type { RunWorld } from '../../recovery/engine/run-plan.js';
import type { Happening } from '../../recovery/model/journal-entry.js';
import type { Plan } from '../../recovery/model/plan.js';
import { instant, milliseconds } from '../../recovery/model/time.js';
import { loadPlan } from '../../recovery/planning/load-plan.js';
import { plan } from '../../recovery/planning/plan.js';
import { steps } from '../../recovery/steps/index.js';
import { recoveryWorld, type RecoveryWorld } from './recovery-world.js';
import { epochNow, fenceStands, serviceStackStands, switchNow, switchStands } from './standing.js';
import { alertingStands } from './standing-alerting.js';
import { backedUp, productionRuns } from './standing-data.js';
import { serviceStandsBy, tasksNow } from './standing-service.js';

const directory = 'plans/ambassify';
export const documents = loadPlan(directory, 'failover', (file) => readFileSync(`${directory}/${file}`, 'utf8'), { steps, checks });

/** Production with one copied backup, and its pilot light beside it: the twin's own services over model data. */
export const productionStands = async (options: { seed?: number; copied?: boolean } = {}): Promise<RecoveryWorld> => {
  const world = recoveryWorld({ seed: options.seed ?? 1 });
  const { here } = await productionRuns(world);
  await serviceStandsBy(world);
  await serviceStackStands(world);
  await fenceStands(world, { epoch: 1, writer: 'dublin', raisedBy: 'deploy' });
  await switchStands(world);
  const { site } = world.targets;
  await world.call('ssm', 'PutParameter', { Name: site.databaseEndpointParameter, Value: 'none', Type: 'String' });
  await world.call('cloudwatch-logs', 'CreateLogGroup', { logGroupName: site.logGroup });
  await world.call('cloudwatch-logs', 'CreateLogStream', { logGroupName: site.logGroup, logStreamName: 'web' });
  await alertingStands(world);
  await backedUp(world, options.copied === false ? null : here.BackupVaultArn);
  answerAsApplication(world);
  return world;
};

/** The same after the region of production is lost. */
export const regionLost = async (options: Parameters<typeof productionStands>[0] = {}): Promise<RecoveryWorld> => {
  const world = await productionStands(options);
  await world.loseDublin();
  return world;
};

/** What the tasks of the site would answer: nothing while none runs, and writes by the fence. */
const answerAsApplication = (world: RecoveryWorld): void => {
  const { website, names, targets, to } = world;
  const noTarget = { status: 503, body: 'no target' };
  const serves = async (): Promise<boolean> => (await tasksNow(world)).some(({ lastStatus }) => lastStatus === 'RUNNING');
  const route = (path: string, body: (token: string) => unknown): void =>
    void website.set(path, async (token) => {
      return (await serves()) ? { body: await body(token) } : noTarget;
    });
  const unreadable = { status: 503, body: { error: 'database', reason: 'invalid page in block 0 of relation "orders"' } };
  const reads = (path: string, body: unknown): void =>
    void website.set(path, async () => {
      if ([...world.dataplane.databaseNames.values()].some(({ damaged }) => damaged)) return unreadable;
      return (await serves()) ? { body } : noTarget;
    });
  route('/health', () => ({ status: 'ok' }));
  reads('/sql-check', { read: true, write: true, rows: 3, engineVersion: '18.4' });
  reads('/orders/count', { count: 3 });
  route('/info', async () => {
    const { epoch, writer } = (await epochNow(world)) as EpochRecord;
    return { site: to.name, epoch, writable: writer === to.name, database: 'reachable' };
  });
  route('/canary', async (token) => {
    const logEvents = [{ timestamp: world.now(), message: JSON.stringify({ event: 'canary', token }) }];
    await world.call('cloudwatch-logs', 'PutLogEvents', { logGroupName: targets.site.logGroup, logStreamName: 'web', logEvents });
    return { token };
  });
  names.set(targets.site.originName, [{ view: 'authoritative', server: 'ns', addresses: ['127.9.0.2'], error: null }]);
};

/** DNS follows the switch half a minute late, a resolver a TTL after that, and one that over-holds does not follow. */
export const followSwitch = async (world: RecoveryWorld): Promise<void> => {
  const thrown = (await switchNow(world)) as { at: string } | undefined;
  const after = (seconds: number): string[] => [
    thrown !== undefined && world.now() >= milliseconds(thrown.at) + seconds * 1000 ? '127.9.0.2' : '127.9.0.1',
  ];
  world.names.set(world.targets.global.webName, [
    { view: 'authoritative', server: 'ns', addresses: after(30), error: null },
    { view: 'resolver', server: 'honest', addresses: after(90), error: null },
    { view: 'resolver', server: 'over-holding', addresses: after(3600), error: null },
  ]);
};

export const ambassifyPlan = (world: RecoveryWorld): Plan =>
  plan(documents, { targets: world.targets, facts: [], quotas: [] }, { steps, checks }, 'failover', 'twin').plan;

export const opened: Happening = {
  kind: 'opened',
  run: 'run-1',
  planHash: 'plan',
  mode: 'failover',
  world: 'twin',
  scenario: null,
  seed: null,
  disruptedAt: { at: '2030-01-01T00:00:00.000Z', source: 'test' },
  detectedAt: { at: '2030-01-01T00:00:00.000Z', source: 'test' },
};

/** A run in that world: its clock is the world's, authority is given when asked, customers are told within a minute. */
export const runWorldOver = (world: RecoveryWorld): RunWorld => ({
  clock: {
    passesByItself: false,
    now: () => instant(world.now()),
    sleepUntil: async (until) => {
      await world.pass((milliseconds(until) - world.now()) / 1000);
      await followSwitch(world);
    },
  },
  aws: world.aws,
  network: world.context().network,
  people: {
    ask: async () => undefined,
    pause: async () => null,
    answers: async () => [{ task: 'contact-partners-and-customers', by: 'customer-success', note: 'told', source: 'test' }],
  },
  authority: { authorise: async () => ({ by: 'cto', reason: 'test', source: 'test' }) },
  steps,
  checks,
  watch: { entry: () => undefined, look: () => undefined },
  interrupted: () => false,
});
