import type { PlanFinding } from '../planning/lint-plan.js';

/** So many of one lint are read by nobody at once; the rest is counted, and --json has all. */
const mostShown = 10;

/** Findings as people read them, one a line. */
export const lintLines = (found: readonly PlanFinding[]): readonly string[] => {
  if (found.length === 0) return ['nothing found'];
  return [...new Set(found.map(({ lint }) => lint))].flatMap((name) => {
    const those = found.filter(({ lint }) => lint === name);
    const lines = those.slice(0, mostShown).map(({ severity, lint, message }) => `${severity} (${lint}): ${message}`);
    const rest = those.length - lines.length;
    return rest > 0 ? [...lines, `and ${rest} more of ${name}; altsite plan --json has all of them`] : lines;
  });
};
