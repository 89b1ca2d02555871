import type { RunReport } from '../report/run-report.js';
import type { Scenario } from './scenarios/index.js';

/** What a scenario's documentation says against what came of it. */
export interface Documented {
  readonly outcome: string;
  readonly because: string;
  /** How what was seen differs; empty when it does not. */
  readonly differs: readonly string[];
}

export const asDocumented = ({ expected }: Scenario, { outcome, hold }: Pick<RunReport, 'outcome' | 'hold'>): Documented => {
  const differs = [
    ...(outcome === expected.outcome ? [] : [`it ${outcomeInWords(outcome, hold?.task)}${hold ? `: ${hold.reason}` : ''}`]),
    ...(expected.heldAt === undefined || !hold || hold.task === expected.heldAt ? [] : [`held at ${hold.task}: ${hold.reason}`]),
    ...(expected.reason === undefined || !hold || hold.reason.includes(expected.reason)
      ? []
      : [`its reason does not say "${expected.reason}": ${hold.reason}`]),
  ];
  return { outcome: outcomeInWords(expected.outcome, expected.heldAt), because: expected.because, differs };
};

const outcomeInWords = (outcome: string, heldAt: string | undefined): string =>
  outcome === 'held' && heldAt !== undefined ? `held at ${heldAt}` : outcome;

/** For the end of a rehearsal. */
export const documentedInWords = ({ name }: Scenario, { outcome, because, differs }: Documented): string =>
  differs.length
    ? `NOT as documented: ${name} should have been ${outcome}, because ${because}; but ${differs.join('; ')}`
    : `as documented for ${name}: ${outcome}, because ${because}`;
