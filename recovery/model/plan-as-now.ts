import type { Plan, Task } from './plan.js';

/** A plan saved by any version of altsite, with what later versions added: a run begun by an older one is resumed and reported by this one. */
export const planAsNow = (saved: Plan): Plan => ({
  ...addedToPlan,
  ...saved,
  tasks: saved.tasks.map((task) => ({ ...addedToTask(task), ...task })),
});

const addedToPlan: Partial<Plan> = { leftOut: [], quotas: [] };

const addedToTask = ({ expectedSeconds, limitSeconds }: Task): Partial<Task> => ({
  system: null,
  critical: true,
  writes: [],
  leader: '',
  because: {},
  part: null,
  asks: ['to'],
  duration: { earliestSeconds: 0, expectedSeconds, latestSeconds: limitSeconds, source: 'assumption', samples: 0 },
});
