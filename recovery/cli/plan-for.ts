import { pastDurations } from '../adapters/past-durations.js';
import { readQuotas } from '../adapters/read-quotas.js';
import { standingAssembly } from '../adapters/standing-assembly.js';
import { survey } from '../adapters/survey.js';
import { checks } from '../checks/index.js';
import { durationRecord, durationsOf } from '../planning/duration-record.js';
import { mustBeFeasible } from '../planning/feasibility.js';
import { plan as makePlan, type Planned } from '../planning/plan.js';
import { steps } from '../steps/index.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Console } from './command.js';
import { documentsOf, type Composed } from './compose.js';
import { mustStandAsPlanned } from './must-stand-as-tested.js';
import type { RunOptions } from './run.js';

/** Surveys the alternate's region and makes the plan, or takes the one that was named. @throws RecoveryError `invalid` for one that cannot be carried out. */
export const planFor = async (console: Console, world: Composed, options: RunOptions): Promise<Planned> => {
  if (options.plan !== undefined) {
    const plan = await world.store.readPlan(options.plan);
    if (plan.world !== world.name)
      throw new RecoveryError(
        'invalid',
        'plan-of-another-world',
        `plan ${options.plan} was made for --world ${plan.world}, not for ${world.name}; make another with altsite plan --world ${world.name}`,
      );
    mustBeFeasible({ ...plan, quotas: await readQuotas(world.aws, plan.to.region) });
    mustStandAsPlanned(plan, await standingAssembly(documentsOf(console, options).settings, world.aws));
    return { plan, hash: options.plan };
  }
  const documents = documentsOf(console, options);
  const surveyed = await survey(documents.settings, world.aws, world.clock.now());
  const took = options.assumed ? [] : await pastDurations(world.home, durationsOf, (text) => console.err(`${text}\n`));
  const planned = makePlan(documents, surveyed, { steps, checks }, 'failover', world.name, durationRecord(took, world.name));
  mustBeFeasible(planned.plan);
  return planned;
};
