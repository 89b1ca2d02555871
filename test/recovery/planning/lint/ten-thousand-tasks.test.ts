import { describe, expect, it } from '@jest/globals';
import { seededDraws } from '../../../../recovery/adapters/seeded-draws.js';
import type { Plan, Task } from '../../../../recovery/model/plan.js';
import { lintPlan } from '../../../../recovery/planning/lint-plan.js';
import { cutOver, fence, gate, receipt, step } from '../../../helpers/linted.js';
import { samplePlan } from '../../../helpers/sample-plan.js';

const count = 10_000;
const ids = Array.from({ length: count }, (_, at) => `t${at}`);
const seed = 7;

/** Some of everything a lint looks at: things written, outputs taken, gates, and one cut-over at the end of it all. */
const planOf = (needsOf: (at: number) => readonly string[]): Plan => {
  const work = ids.map((id, at): Partial<Task> & { id: string } => ({
    ...(at % 10 === 0 ? gate(id, ...needsOf(at)) : step(id, ...needsOf(at))),
    ...(at % 10 === 0 ? {} : { writes: [`thing/${at % 100}`], with: { from: `\${${needsOf(at)[0] ?? id}.name}` } }),
  }));
  return samplePlan([...work, receipt('receipt', ...ids), fence('fence', 'receipt'), cutOver('move', 'fence')]);
};

const draws = seededDraws(seed);
const random = ids.map((_, at) =>
  at === 0 ? [] : [...new Set([draws.whole(0, at - 1), draws.whole(0, at - 1)])].map((need) => `t${need}`),
);
const shapes: Readonly<Record<string, (at: number) => readonly string[]>> = {
  'one chain': (at) => (at === 0 ? [] : [`t${at - 1}`]),
  'all beside each other': () => [],
  [`random, seed ${seed}`]: (at) => random[at] ?? [],
  'one circle': (at) => [`t${(at + 1) % count}`],
};

describe('ten thousand tasks', () => {
  // Processor time, which others do not take part in: about half a second; anything quadratic would take minutes.
  it.each(Object.entries(shapes))('are linted within 3 s of processor time: %s', (_, needsOf) => {
    const plan = planOf(needsOf);
    const began = process.cpuUsage();
    const found = lintPlan(plan);
    const { user, system } = process.cpuUsage(began);
    expect(found.length).toBeGreaterThan(0);
    expect((user + system) / 1e6).toBeLessThan(3);
  });
});
