import type { Clock } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';

/** The moments that a run is measured by; null: not known, or not come yet. */
export interface RunClocks {
  readonly disruptedAt: Clock | null;
  readonly detectedAt: Clock | null;
  readonly activatedAt: Clock | null;
  readonly servedAt: Clock | null;
}

export const runClocks = (plan: Plan, state: RunState): RunClocks => {
  const proof = dnsProof(plan);
  const proven = proof && state.tasks.get(proof.id);
  const servedAt = proven?.is === 'verified' ? proven.finishedAt : null;
  return {
    disruptedAt: state.opened?.disruptedAt ?? null,
    detectedAt: state.opened?.detectedAt ?? null,
    activatedAt: state.activated && { at: state.activated.at, source: state.activated.source },
    servedAt: servedAt === null ? null : { at: servedAt, source: 'the DNS proof: names, addresses and HTTP answers' },
  };
};

/** The gate that shows that clients are served again. */
export const dnsProof = (plan: Plan) =>
  plan.tasks.find((task) => task.does === 'gate' && task.checks.some(({ uses }) => uses.startsWith('dns.')));
