import type { Plan, Task } from '../../recovery/model/plan.js';

const site = { provider: 'aws', account: '111122223333' } as const;

/** A plan of the given tasks between two sites, with targets no test looks into. */
export const samplePlan = (tasks: readonly (Partial<Task> & { id: string })[]): Plan => ({
  version: 1,
  organisation: 'example',
  title: 'Example plan',
  mode: 'failover',
  world: 'twin',
  from: { ...site, name: 'dublin', region: 'eu-west-1' },
  to: { ...site, name: 'frankfurt', region: 'eu-central-1' },
  objective: { rtoSeconds: 86_400, rpoSeconds: 86_400, mtdSeconds: 172_800 },
  roles: ['cto', 'ceo', 'customer-success'],
  succession: ['cto', 'ceo'],
  targets: { facts: {}, site: {}, global: { webName: 'www.example.com' } } as unknown as Plan['targets'],
  survey: [],
  quotas: [],
  tasks: tasks.map((task) => ({ ...sampleTask, title: task.id, uses: `sample.${task.id}`, ...task }) as Task),
  leftOut: [],
});

const sampleTask = {
  team: 'dev-ops',
  phase: 'recovery',
  procedure: 'sample',
  planLine: 104,
  leader: 'cto',
  needs: [],
  because: {},
  system: null,
  critical: true,
  writes: [],
  part: null,
  asks: ['to'],
  effect: 'reversible',
  iam: [],
  undo: 'nothing-to-undo',
  skippable: false,
  duration: { earliestSeconds: 30, expectedSeconds: 60, latestSeconds: 180, source: 'assumption', samples: 0 },
  expectedSeconds: 60,
  limitSeconds: 600,
  does: 'step',
  with: {},
};
