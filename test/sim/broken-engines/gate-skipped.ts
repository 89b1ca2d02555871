import type { BrokenEngine } from './broken-engine.js';

/** The engine works by a plan in which gates are as skippable as anything. */
export const gateSkipped: BrokenEngine = {
  name: 'gate-skipped',
  how: 'a gate that does not hold is skipped, and what comes after it begins',
  breaks: 'order-is-kept',
  tampering: () => ({
    journal: (journal) => journal,
    choose: (plan, state) => (state.hold && state.hold.task !== 'none' ? { task: state.hold.task, decision: 'skip' } : undefined),
    plan: (plan) => ({
      ...plan,
      tasks: plan.tasks.map((task) =>
        task.does === 'gate' ? { ...task, does: 'step', uses: 'test.gate', with: { checks: task.checks }, skippable: true } : task,
      ),
    }),
    registries: (registries) => ({ ...registries, steps: [...registries.steps, failingGate] }),
  }),
};

const failingGate = {
  ...{ uses: 'test.gate', summary: 'a gate that never holds', produces: {}, effect: 'reversible', iam: [], expectedSeconds: 1 },
  ...{ limitSeconds: 60, paceSeconds: 5, undo: 'nothing-to-undo', skippable: true },
  input: { safeParse: (data: unknown) => ({ success: true, data }) },
  start: async () => null,
  poll: async () => ({ is: 'done', output: null }),
  verify: async (_output: unknown, _input: unknown, ctx: { at: string; attempt: number }) => [
    { check: 'test.gate', claim: 'holds', holds: false, expected: 'yes', observed: 'no', at: ctx.at, source: 'test' },
  ],
} as never;
