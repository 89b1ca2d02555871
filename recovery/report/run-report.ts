import type { Holds } from '../model/evidence.js';
import type { Outcome } from '../model/journal-entry.js';
import type { Effect, Mode, Plan, WorldName } from '../model/plan.js';
import type { Receipt } from '../model/receipt.js';
import type { DecisionMade, RunState, TaskState } from '../model/run-state.js';
import { secondsBetween, type Instant } from '../model/time.js';
import { chosenRecoveryPoint, lostSeconds, type ChosenRecoveryPoint } from './chosen-recovery-point.js';
import { addressesIn, gateLine, overHoldingIn } from './answers.js';
import { measured } from './measured.js';
import { notProven } from './not-proven.js';
import { dnsProof, runClocks, type RunClocks } from './run-clocks.js';

/** Against what was promised; `met` is null while there is nothing to measure. */
export interface Measured {
  readonly seconds: number | null;
  readonly objectiveSeconds: number;
  readonly met: boolean | null;
}

/** The one shape of `rehearse`, `run`, `resume` and `report` with --json (a contract: add, never rename). */
export interface RunReport {
  readonly outcome: Outcome | 'interrupted' | 'running';
  readonly run: string;
  readonly plan: string;
  readonly mode: Mode;
  readonly world: WorldName;
  readonly scenario: string | null;
  readonly seed: number | null;
  readonly clocks: RunClocks;
  readonly rto: Measured;
  readonly rpo: Measured;
  /** `unexplained`: ids that are not as the recovery point's snapshot time says. */
  readonly rows: {
    readonly before: number;
    readonly recovered: number;
    readonly lost: number;
    readonly unexplained: readonly string[];
  } | null;
  readonly recoveryPoint: ChosenRecoveryPoint | null;
  readonly gates: readonly {
    task: string;
    check: string;
    claim: string;
    holds: Holds;
    expected: string;
    observed: string;
    /** Who let it pass though it does not hold, why, and until when. */
    waived?: { by: string; reason: string; expiresAt: Instant | null };
  }[];
  readonly receipt: Receipt | null;
  readonly dns: {
    name: string;
    before: readonly string[];
    after: readonly string[];
    switchedAt: Instant | null;
    tier: string;
    /** Resolvers that gave the old answer to the proof after its TTL; `secondsPastTtl` is at least that. */
    overHolding: readonly { server: string; addresses: readonly string[]; secondsPastTtl: number }[];
  } | null;
  readonly calls: { readonly lostRegion: number; readonly usEast1ControlPlane: number } | null;
  readonly tasks: readonly {
    id: string;
    title: string;
    team: string;
    phase: string;
    state: TaskState;
    effect: Effect;
    startedAt: Instant | null;
    finishedAt: Instant | null;
    attempts: number;
  }[];
  /** Set while an operator has the run stand still. */
  readonly paused?: { readonly at: Instant; readonly by: string; readonly reason: string };
  readonly hold?: { readonly task: string; readonly reason: string; readonly choices: readonly string[] };
  /** What people decided about the run while it was held. */
  readonly decisions: readonly DecisionMade[];
  /** What an undone run left where it is, for whoever disposes of it. */
  readonly left: readonly string[];
  readonly notProven: readonly string[];
  readonly journal: string;
  /** The page that was written beside it. */
  readonly page?: string;
}

/** What a journal comes to, made into what people and machines ask of it; pure. `journal`: where it is. */
export const runReport = (plan: Plan, state: RunState, journal: string): RunReport => {
  const clocks = runClocks(plan, state);
  const { disruptedAt, servedAt } = clocks;
  const cutover = taskUsing(plan, 'dns.cut-over');
  const proof = dnsProof(plan);
  const proven = proof ? state.tasks.get(proof.id) : undefined;
  const rtoSeconds = servedAt && disruptedAt ? secondsBetween(disruptedAt.at, servedAt.at) : null;
  const { rows, calls, decisions } = state.history;
  const before = (taskOutput(state, cutover?.id) as { before?: readonly string[] } | null)?.before;
  const report: Omit<RunReport, 'notProven'> = {
    outcome: state.outcome ?? (state.hold ? 'held' : 'running'),
    run: state.run,
    plan: state.planHash,
    mode: plan.mode,
    world: plan.world,
    scenario: state.opened?.scenario ?? null,
    seed: state.opened?.seed ?? null,
    clocks,
    rto: measured(rtoSeconds, plan.objective.rtoSeconds),
    // Known as soon as the data is chosen; met only once it is served.
    rpo: { ...measured(lostSeconds(plan, state), plan.objective.rpoSeconds), ...(servedAt === null ? { met: null } : {}) },
    rows,
    recoveryPoint: chosenRecoveryPoint(plan, state),
    gates: plan.tasks
      .filter(({ does }) => does === 'gate')
      .flatMap((task) => (state.tasks.get(task.id)?.evidence ?? []).map((answer) => gateLine(task.id, answer, state.tasks.get(task.id)))),
    receipt: state.receipt,
    dns: {
      name: plan.targets.global.webName,
      before: before ?? [],
      after: servedAt === null ? [] : addressesIn(proven?.evidence ?? []),
      switchedAt: cutover ? (state.tasks.get(cutover.id)?.finishedAt ?? null) : null,
      tier: plan.targets.global.routingControls
        ? 'ARC routing controls (data plane only)'
        : 'health-check switch in the alternate region (data plane only)',
      overHolding: overHoldingIn(proven?.evidence ?? []),
    },
    calls,
    tasks: plan.tasks.map(({ id, title, team, phase, effect }) => {
      const progress = state.tasks.get(id);
      return {
        id,
        title,
        team,
        phase,
        state: progress?.is ?? 'waiting',
        effect,
        startedAt: progress?.startedAt ?? null,
        finishedAt: progress?.finishedAt ?? null,
        attempts: progress?.attempt ?? 0,
      };
    }),
    ...(state.paused && state.outcome === null ? { paused: state.paused } : {}),
    ...(state.hold && state.outcome === null ? { hold: state.hold } : {}),
    // A copy: the state's own grows with the next entry.
    decisions: [...decisions],
    left: state.left,
    journal,
  };
  return { ...report, notProven: notProven(plan, report) };
};

const taskUsing = (plan: Plan, uses: string) => plan.tasks.find((task) => task.does === 'step' && task.uses === uses);
const taskOutput = (state: RunState, task: string | undefined): unknown =>
  task === undefined ? null : (state.tasks.get(task)?.output ?? null);
