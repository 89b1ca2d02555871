import { taskGraph } from './lint/kit/task-graph.js';
import { lints } from './lint/index.js';
import type { Finding, Lint, Linted } from './lint/lint.js';

/** What a lint found in a plan. */
export interface PlanFinding extends Finding {
  readonly lint: string;
  readonly severity: Lint['severity'];
}

/** Everything the lints find in a plan; what refuses it comes first. Pure. */
export const lintPlan = (plan: Omit<Linted, 'graph'>): readonly PlanFinding[] => {
  const linted: Linted = { ...plan, graph: taskGraph(plan.tasks) };
  const found = lints.flatMap((lint) =>
    lint.find(linted).map(({ tasks, message }): PlanFinding => ({ lint: lint.name, severity: lint.severity, tasks, message })),
  );
  return [...found.filter(({ severity }) => severity === 'refuses'), ...found.filter(({ severity }) => severity === 'warns')];
};
