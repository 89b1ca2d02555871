import { readFileSync } from 'node:fs';
import { checks } from '../../recovery/checks/index.js';
import type { RunWorld } from '../../recovery/engine/run-plan.js';
import type { Happening } from '../../recovery/model/journal-entry.js';
import type { Plan } from '../../recovery/model/plan.js';
import { instant, milliseconds } from '../../recovery/model/time.js';
import { loadPlan } from '../../recovery/planning/load-plan.js';
import { recoveryActions } from '../../recovery/planning/recovery-actions.js';
import { plan } from '../../recovery/planning/plan.js';
import { steps } from '../../recovery/steps/index.js';
import { recoveryWorld, type RecoveryWorld } from './recovery-world.js';
import { productionStands as standing } from '../../recovery/simulation/standing/production.js';
import { rolesStand } from '../../recovery/simulation/standing/roles.js';
import { answerAsApplication, followSwitch } from '../../recovery/simulation/standing/web-site.js';

const directory = 'plans/ambassify';
export const documents = loadPlan(directory, 'failover', (file) => readFileSync(`${directory}/${file}`, 'utf8'), { steps, checks });

/** Production with one copied backup, and its pilot light beside it: the twin's own services over model data. */
export const productionStands = async (options: { seed?: number; copied?: boolean } = {}): Promise<RecoveryWorld> => {
  const world = recoveryWorld({ seed: options.seed ?? 1 });
  await rolesStand(world, Object.keys(recoveryActions(documents, { steps, checks }, [])));
  await standing(world, { copied: options.copied ?? true });
  answerAsApplication(world);
  followSwitch(world);
  return world;
};

/** The same after the region of production is lost. */
export const regionLost = async (options: Parameters<typeof productionStands>[0] = {}): Promise<RecoveryWorld> => {
  const world = await productionStands(options);
  await world.loseDublin();
  return world;
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
