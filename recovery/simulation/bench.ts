import { assumedRole, type Credentials } from '../adapters/assumed-role.js';
import { awsClients, type ClientSettings } from '../adapters/aws-clients.js';
import { checks } from '../checks/index.js';
import type { Plan } from '../model/plan.js';
import { instant } from '../model/time.js';
import type { Aws } from '../ports/aws.js';
import { drawnFrom, measuredDurations } from './measured-durations.js';
import { roleOfTeam } from './standing/roles.js';
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
  /** AWS as the tasks of a team call it. */
  readonly awsOf: (team: string) => Aws;
  /** From now on this is the world; whatever role was assumed in another one is assumed anew. */
  readonly plugIn: (twin: InProcessTwin) => void;
}

export const benchFor = (plan: Plan): Bench => {
  const board = switchboard();
  const own: ClientSettings = {
    // Never spoken to: every client is answered in this process.
    endpoint: 'http://127.0.0.1:9',
    credentials: { accessKeyId: `AKIA${plan.to.account}TWIN`, secretAccessKey: 'simulation' },
    headers: () => ({}),
    attach: board.attach,
  };
  const aws = awsClients(own);
  const { region } = plan.to;
  let acting = new Map<string, () => Promise<Credentials>>();
  let world: InProcessTwin | undefined;
  const clock = { now: () => instant(world?.now() ?? 0) };
  const credentialsOf = (team: string): Promise<Credentials> => {
    const role = { arn: roleOfTeam(plan.targets, team), session: 'simulated', sts: aws.sts(region), region, clock };
    const credentials = acting.get(team) ?? assumedRole(role);
    acting.set(team, credentials);
    return credentials();
  };
  const teams = new Map(plan.tasks.map(({ team }) => [team, awsClients({ ...own, credentials: () => credentialsOf(team) })]));
  return {
    plan,
    places: { primary: plan.from.region, alternate: plan.to.region, witness: plan.targets.global.witnessRegion },
    durations: drawnFrom(measuredDurations(plan)),
    steps,
    checks,
    aws,
    awsOf: (team) => teams.get(team) ?? aws,
    plugIn: (twin) => {
      world = twin;
      acting = new Map();
      board.plugIn(twin);
    },
  };
};
