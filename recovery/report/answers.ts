import type { Evidence } from '../model/evidence.js';
import type { TaskProgress } from '../model/run-state.js';
import { satisfied } from '../model/satisfied.js';
import type { RunReport } from './run-report.js';

/** One answer of a gate as the report shows it, with who let it pass though it did not hold. */
export const gateLine = (task: string, { check, claim, holds, expected, observed }: Evidence, progress: TaskProgress | undefined) => ({
  task,
  check,
  claim,
  holds,
  expected,
  observed,
  ...(progress?.is === 'waived' && progress.decided && !satisfied([{ holds }])
    ? { waived: { by: progress.decided.by, reason: progress.decided.reason, expiresAt: progress.decided.expiresAt } }
    : {}),
});

/** Addresses that customers were seen to be led to. */
export const addressesIn = (evidence: readonly Evidence[]): string[] => [
  ...new Set(evidence.flatMap(({ data }) => (Array.isArray(data?.['addresses']) ? (data['addresses'] as string[]) : []))),
];

/** Resolvers that still gave the old answer. */
export const overHoldingIn = (evidence: readonly Evidence[]): NonNullable<RunReport['dns']>['overHolding'] =>
  evidence.flatMap(({ data }) => (data?.['overHolding'] ?? []) as NonNullable<RunReport['dns']>['overHolding']);
