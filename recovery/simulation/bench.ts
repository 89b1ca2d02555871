import { awsClients } from '../adapters/aws-clients.js';
import { checks } from '../checks/index.js';
import type { Plan } from '../model/plan.js';
import type { Aws } from '../ports/aws.js';
import { drawnFrom, measuredDurations } from './measured-durations.js';
import { steps } from '../steps/index.js';
import { switchboard, type Durations, type InProcessTwin } from '../../twin/doors/in-process.js';
import type { Places } from './drawn-faults.js';
import type { Check } from '../kit/define-check.js';
import type { Step } from '../kit/define-step.js';

/** What outlives one disaster: the plan, the registries, and one set of real SDK clients for all of them. */
export interface Bench {
  /** Its targets are completed for every world anew. */
  readonly plan: Plan;
  readonly places: Places;
  /** What AWS takes, where it was measured. */
  readonly durations: Durations;
  readonly steps: readonly Step[];
  readonly checks: readonly Check[];
  readonly aws: Aws;
  readonly plugIn: (twin: InProcessTwin) => void;
}

export const benchFor = (plan: Plan): Bench => {
  const board = switchboard();
  return {
    plan,
    places: { primary: plan.from.region, alternate: plan.to.region, witness: plan.targets.global.witnessRegion },
    durations: drawnFrom(measuredDurations(plan)),
    steps,
    checks,
    aws: awsClients({
      // Never spoken to: every client is answered in this process.
      endpoint: 'http://127.0.0.1:9',
      credentials: { accessKeyId: `AKIA${plan.to.account}TWIN`, secretAccessKey: 'simulation' },
      headers: () => ({}),
      attach: board.attach,
    }),
    plugIn: board.plugIn,
  };
};
