import { checks } from '../checks/index.js';
import { followedSwitch } from '../kit/followed-switch.js';
import type { WorldName } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import { unsurveyed } from '../planning/plan.js';
import { planOverview, type PlanOverview } from '../planning/plan-overview.js';
import { steps } from '../steps/index.js';
import type { Console, Ended } from './command.js';
import { compose, documentsOf, type WorldOptions } from './compose.js';
import { planText } from './plan-text.js';
import { planFor } from './plan-for.js';

export interface PlanOptions extends WorldOptions {
  readonly mode: string;
  readonly offline?: boolean;
}

export const plan = async (console: Console, options: PlanOptions): Promise<Ended> => {
  if (options.mode !== 'failover')
    throw new RecoveryError('invalid', 'unknown-mode', `--mode ${options.mode} cannot be planned yet; it can be failover`);
  const overview = options.offline ? offline(console, options) : await surveyed(console, options);
  return { exitCode: 0, text: planText(overview), json: overview };
};

const offline = (console: Console, options: PlanOptions): PlanOverview => {
  const world: WorldName = options.world === 'aws' ? 'aws' : 'twin';
  const made = unsurveyed(documentsOf(console, options), { steps, checks }, 'failover', world);
  return planOverview({ ...made, targets: null, survey: [], quotas: [] }, null, null);
};

const surveyed = async (console: Console, options: PlanOptions): Promise<PlanOverview> => {
  const { settings } = documentsOf(console, options);
  const world = await compose(console, options, settings, 'altsite plan').catch((error: unknown) => {
    if (!(error instanceof RecoveryError) || error.code !== 'no-twin') throw error;
    throw new RecoveryError(error.kind, error.code, `${error.message}; or plan from the documents alone with --offline`, { cause: error });
  });
  try {
    const { plan: made, hash } = await planFor(console, world, { ...options, scenario: false });
    const look = await followedSwitch({ ...made, aws: world.aws }).couldMove();
    await world.store.savePlan(made, hash);
    return planOverview(made, hash, look);
  } finally {
    await world.leave();
  }
};
