import { expect, it } from '@jest/globals';
import { checks } from '../../recovery/checks/index.js';
import type { Plan, Task } from '../../recovery/model/plan.js';
import { taskGraph } from '../../recovery/planning/lint/kit/task-graph.js';
import type { Lint } from '../../recovery/planning/lint/lint.js';
import { unsurveyed } from '../../recovery/planning/plan.js';
import { steps } from '../../recovery/steps/index.js';
import { samplePlan } from './sample-plan.js';
import { loadChanged } from './spoilt-plan.js';

type Sketch = Partial<Task> & { id: string };

/** Tasks of a plan as a lint is to see them; what matters to none is filled in. */
export const gate = (id: string, ...needs: string[]): Sketch => ({
  id,
  needs,
  does: 'gate',
  checks: [{ uses: `sample.${id}`, with: {}, waivable: true, patienceSeconds: 60 }],
});
export const step = (id: string, ...needs: string[]): Sketch => ({ id, needs });
export const receipt = (id: string, ...needs: string[]): Sketch => ({ id, needs, part: 'receipt' });
export const fence = (id: string, ...needs: string[]): Sketch => ({ id, needs, part: 'fence', effect: 'irreversible' });
export const cutOver = (id: string, ...needs: string[]): Sketch => ({ id, needs, part: 'cut-over', effect: 'irreversible' });
export const ask = (id: string, ...needs: string[]): Sketch => ({ id, needs, does: 'ask', owner: 'customer-success', request: 'say so' });

/** What one lint finds in such a plan. */
export const found = (lint: Lint, tasks: readonly Sketch[], changes: Partial<Plan> = {}): ReturnType<Lint['find']> => {
  const plan = { ...samplePlan(tasks), ...changes };
  return lint.find({ ...plan, graph: taskGraph(plan.tasks) });
};

export const ambassify = unsurveyed(loadChanged(), { steps, checks }, 'failover', 'twin');

/** Ambassify's plan is the clean one that every lint is held against. */
export const findsNothingInAmbassify = (lint: Lint): void =>
  it(`finds nothing in Ambassify's plan: ${lint.name}`, () => {
    expect(lint.find({ ...ambassify, graph: taskGraph(ambassify.tasks) })).toEqual([]);
  });
