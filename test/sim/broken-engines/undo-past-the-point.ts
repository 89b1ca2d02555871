import type { BrokenEngine } from './broken-engine.js';

/** The engine works by a plan that calls everything reversible. */
export const undoPastThePoint: BrokenEngine = {
  name: 'undo-past-the-point',
  how: 'nothing counts as the point of no return: no authority is asked, and all is undone when the cut-over fails',
  breaks: 'authority-first',
  tampering: () => ({ plan: (plan) => ({ ...plan, tasks: plan.tasks.map((task) => ({ ...task, effect: 'reversible' })) }) }),
};
