/** How each of the twin's faults is drawn: where, with what, when after the disruption and for how long. */
import type { FaultTarget } from '../../twin/doors/in-process.js';
import type { Drawn } from './draws.js';

/** Where things can go wrong. */
export interface Places {
  readonly primary: string;
  readonly alternate: string;
  readonly witness: string;
}
export interface DrawnFault extends FaultTarget {
  readonly name: string;
  /** Counted from the disruption. */
  readonly inSeconds: number;
  /** Begins at the moment this task does, instead. */
  readonly withTask?: string;
}
type Draw = (draws: Drawn, places: Places) => Omit<FaultTarget, 'inSeconds'>;

const services = [
  ...(['rds', 'backup', 'ecs', 'cloudformation', 'ssm', 's3', 'cloudwatch', 'cloudwatch-logs', 'sqs', 'sns'] as const),
  ...(['secrets-manager', 'kms', 'elastic-load-balancing-v2'] as const),
] as const;
const perhaps = (draws: Drawn): { service?: string } => (draws.percent(50) ? { service: draws.one(services) } : {});
/** Mostly it passes. */
const duration = (draws: Drawn): { forSeconds?: number } => (draws.percent(80) ? { forSeconds: draws.whole(60, 5400) } : {});

/** By name; a test sees that no fault of the twin is missing. */
export const drawFault: Readonly<Record<string, Draw>> = {
  'region-outage': (draws, { alternate, witness }) => ({
    region: draws.percent(50) ? alternate : witness,
    forSeconds: draws.whole(60, 1800),
  }),
  'control-plane-outage': (draws, { alternate }) => ({
    region: draws.percent(70) ? alternate : 'us-east-1',
    ...duration(draws),
    with: perhaps(draws),
  }),
  throttling: (draws, { alternate }) => ({
    region: alternate,
    ...duration(draws),
    with: { ...perhaps(draws), rate: draws.whole(10, 95) / 100 },
  }),
  'quota-exceeded': (draws, { alternate }) => ({
    region: alternate,
    ...duration(draws),
    with: { quota: draws.one(['rds.instances', 'rds.storage', 'cloudformation.stacks']) },
  }),
  'insufficient-capacity': (draws, { alternate }) => ({
    region: alternate,
    ...duration(draws),
    with: { of: draws.one(['rds', 'fargate', 'both']) },
  }),
  'stuck-status': (draws, { alternate }) => ({
    region: alternate,
    ...duration(draws),
    with: { of: draws.one(['rds.instance', 'rds.baseline-backup', 'rds.modification', 'backup.restore-job', 'ecs.task']) },
  }),
  'stale-read': (draws, { alternate }) => ({
    region: alternate,
    ...duration(draws),
    with: { ...perhaps(draws), seconds: draws.whole(1, 240) },
  }),
  'slow-api': (draws, { alternate }) => ({
    region: alternate,
    ...duration(draws),
    with: { ...perhaps(draws), seconds: draws.whole(1, 20) },
  }),
  'job-failed': (draws, { alternate }) => ({
    region: alternate,
    ...duration(draws),
    with: { job: 'restore', state: draws.one(['FAILED', 'ABORTED']) },
  }),
  // Damage does not mend.
  'corrupt-recovery-point': (_draws, { alternate }) => ({ region: alternate }),
  'kms-denied': (draws, { alternate }) => ({ region: alternate, ...duration(draws) }),
  // For good.
  'region-returns': (_draws, { primary }) => ({ region: primary }),
};

/**
 * Several at once are rarer than one; before activation as well as in the middle of the run. Half of the first ones begin as a task begins, fault by
 * fault and task by task as seeds go on: much of what matters is over in the moment it begins, and chance alone would hardly ever meet it.
 */
export const faultsOf = (
  draws: Drawn,
  places: Places,
  { names, tasks, atLeastOne, seed }: { names: readonly string[]; tasks: readonly string[]; atLeastOne: boolean; seed: number },
): readonly DrawnFault[] => {
  const [first, ...others] = names;
  if (first === undefined) return [];
  const count = Math.max(atLeastOne ? 1 : 0, draws.one([0, 0, 1, 1, 1, 1, 2, 2, 3, 4]));
  return Array.from({ length: count }, (_, nth) => {
    const inTurn = nth === 0 && draws.percent(50);
    const name = inTurn ? (names[seed % names.length] ?? first) : draws.one([first, ...others]);
    const withTask = inTurn ? tasks[Math.floor(seed / names.length) % tasks.length] : undefined;
    const draw = drawFault[name];
    if (!draw) throw new Error(`nobody says how ${name} is drawn`);
    const moment = { inSeconds: draws.percent(35) ? 0 : draws.whole(1, 4500), ...(withTask === undefined ? {} : { withTask }) };
    return { name, ...moment, ...draw(draws, places) };
  });
};
