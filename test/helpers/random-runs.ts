import fc from 'fast-check';
import { defineCheck } from '../../recovery/kit/define-check.js';
import type { RunWorld } from '../../recovery/engine/run-plan.js';
import type { Plan } from '../../recovery/model/plan.js';
import { z } from 'zod';
import { samplePlan } from './sample-plan.js';
import { rejected, sampleStep, sampleWorld, type Effects } from './sample-world.js';

/** A task of a random plan, and how often it fails before it works. */
export interface Drawn {
  readonly does: 'step' | 'gate' | 'ask';
  readonly needs: readonly number[];
  readonly irreversible: boolean;
  readonly skippable: boolean;
  readonly undoes: boolean;
  readonly waivable: boolean;
  readonly failures: number;
}

const taskCount = 7;
export const drawnTasks: fc.Arbitrary<readonly Drawn[]> = fc.array(
  fc.record({
    does: fc.constantFrom('step', 'step', 'step', 'gate', 'gate', 'ask'),
    needs: fc.array(fc.nat(taskCount - 1), { minLength: 1, maxLength: 3 }),
    irreversible: fc.boolean(),
    skippable: fc.boolean(),
    undoes: fc.boolean(),
    waivable: fc.boolean(),
    failures: fc.constantFrom(0, 0, 1, 2),
  }),
  { minLength: 2, maxLength: taskCount },
);

export const planOf = (drawn: readonly Drawn[]): Plan =>
  samplePlan(
    drawn.map(({ does, needs, irreversible, skippable, undoes, waivable }, at) => {
      const id = `t${at}`;
      const common = { id, needs: [...new Set(needs.filter((need) => need < at).map((need) => `t${need}`))] };
      if (does === 'gate')
        return { ...common, does, checks: [{ uses: `sample.${id}`, with: {}, waivable, patienceSeconds: 0 }], limitSeconds: 0 };
      if (does === 'ask') return { ...common, does, owner: 'cto', request: 'say so', skippable, limitSeconds: 0 };
      const effect = irreversible ? ('irreversible' as const) : ('reversible' as const);
      return {
        ...common,
        effect,
        skippable,
        undo: irreversible ? ('point-of-no-return' as const) : undoes ? ('undoes' as const) : ('nothing-to-undo' as const),
      };
    }),
  );

/** A world in which each task fails as often as was drawn, and nobody acknowledges anything. */
export const worldOf = (drawn: readonly Drawn[], effects: Effects, changes: Partial<RunWorld> = {}): RunWorld => {
  const failuresLeft = drawn.map(({ failures }) => failures);
  const fails = (at: number) => () => (failuresLeft[at]!-- > 0 ? rejected(`t${at} is broken`) : null);
  const steps = drawn.map(({ irreversible, undoes }, at) =>
    sampleStep(`t${at}`, effects, {
      seconds: at * 7,
      effect: irreversible ? 'irreversible' : 'reversible',
      undoes: undoes && !irreversible,
      fails: fails(at),
    }),
  );
  const checks = drawn.map(({ waivable }, at) =>
    defineCheck({
      uses: `sample.t${at}`,
      claim: `t${at} holds`,
      input: z.record(z.string(), z.unknown()),
      iam: [],
      expectedSeconds: 0,
      patienceSeconds: 0,
      paceSeconds: 5,
      waivable,
      ask: async () => ({ holds: fails(at)() === null, expected: 'so', observed: 'as drawn', source: 'sample' }),
    }),
  );
  return sampleWorld(effects, steps, { checks, ...changes });
};
