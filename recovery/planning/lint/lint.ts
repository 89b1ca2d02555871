import type { Plan } from '../../model/plan.js';
import type { TaskGraph } from './kit/task-graph.js';

/** As much of a plan as a lint looks at, with its graph; nothing of what a survey finds. */
export interface Linted extends Pick<Plan, 'mode' | 'from' | 'objective' | 'succession' | 'tasks'> {
  readonly graph: TaskGraph;
}

/** One place where a plan has a smell: the tasks, and in words what is wrong and what to change. */
export interface Finding {
  readonly tasks: readonly string[];
  readonly message: string;
}

/** A kind of mistake that plans are made with; the registry is `index.ts`. It decides on what steps declare, and knows none by name. */
export interface Lint {
  readonly name: string;
  /** A plan with a finding that refuses is not carried out. */
  readonly severity: 'refuses' | 'warns';
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** Linear in tasks and needs, but for `graph.before`. */
  find(plan: Linted): readonly Finding[];
}
