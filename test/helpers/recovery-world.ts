import { assumedRole } from '../../recovery/adapters/assumed-role.js';
import { sharedLooks } from '../../recovery/engine/shared-looks.js';
import type { StepContext } from '../../recovery/kit/define-step.js';
import { RecoveryError } from '../../recovery/model/recovery-error.js';
import type { Targets } from '../../recovery/model/plan.js';
import { instant } from '../../recovery/model/time.js';
import { networkOver, type Names, type Website } from '../../recovery/simulation/standing/web-site.js';
import type { Aws } from '../../recovery/ports/aws.js';
import { roleOfTeam } from '../../recovery/simulation/standing/roles.js';
import { inProcessTwin, type FaultTarget } from '../../twin/doors/in-process.js';
import { awsOver } from './aws-over.js';
import { sampleTargets } from './sample-targets.js';

const account = '111122223333';
export const dublin = { name: 'dublin', provider: 'aws', region: 'eu-west-1', account } as const;
export const frankfurt = { name: 'frankfurt', provider: 'aws', region: 'eu-central-1', account } as const;

/** The twin's services in process, seen as a step or check sees AWS; nothing stands in them yet (`standing.ts`). */
export const recoveryWorld = (options: { seed?: number } = {}) => {
  const twin = inProcessTwin({ seed: options.seed ?? 1, startsAt: Date.parse('2030-01-01T02:00:00Z'), account });
  const over = awsOver((client) => twin.attach(client));
  const targets: { -readonly [Part in keyof Targets]: Targets[Part] } = sampleTargets();
  const website: Website = new Map();
  const names: Names = new Map();
  const requests: string[] = [];
  const network = networkOver(website, names, (what) => requests.push(what));
  const context = (changes: Partial<StepContext> = {}): StepContext => {
    const at = instant(twin.world.now());
    return {
      run: 'run-1',
      task: 'task',
      attempt: 1,
      token: 'run-1/task/1',
      at,
      startedAt: at,
      awaitedSince: changes.startedAt ?? at,
      from: dublin,
      to: frankfurt,
      targets,
      aws: over.aws,
      network,
      look: sharedLooks(over.aws),
      receipt: null,
      outputOf: (task) => {
        throw new RecoveryError('invalid', 'no-output', task);
      },
      gates: [],
      waivers: [],
      ...changes,
    };
  };
  const teams = new Map<string, Aws>();
  const { region } = frankfurt;
  return {
    ...over,
    /** As the tasks of a team call it, whose role has to stand (`rolesStand`). */
    awsOf: (team: string): Aws => {
      const role = { arn: roleOfTeam(targets, team), session: 'run-1', region, clock: { now: () => instant(twin.now()) } };
      const made = teams.get(team) ?? over.awsAs((own) => assumedRole({ ...role, sts: own.sts(region) }));
      teams.set(team, made);
      return made;
    },
    from: dublin,
    to: frankfurt,
    targets,
    website,
    names,
    requests,
    context,
    dataplane: twin.dataplane,
    ledger: twin.ledger,
    now: () => twin.now(),
    pass: (seconds: number) => twin.sleepUntil(twin.now() + seconds * 1000),
    inject: (name: string, target: FaultTarget) => twin.inject(name, target),
    loseDublin: () => twin.world.loseRegion(dublin.region),
    /** Calls AWS as somebody else would; not counted, never troubled. */
    call: <Output = Record<string, unknown>>(service: string, operation: string, input: object = {}, region: string = frankfurt.region) =>
      twin.call<Output>('somebody', region, service, operation, input),
    attempt: (attempt: number): Partial<StepContext> => ({ attempt, token: `run-1/task/${attempt}` }),
  };
};
export type RecoveryWorld = ReturnType<typeof recoveryWorld>;
