import { describe, expect, it } from '@jest/globals';
import type { Check } from '../../recovery/kit/define-check.js';
import { gate } from '../../recovery/kit/define-check.js';
import type { Step, StepContext } from '../../recovery/kit/define-step.js';
import type { Evidence } from '../../recovery/model/evidence.js';
import { RecoveryError } from '../../recovery/model/recovery-error.js';
import { instant } from '../../recovery/model/time.js';
import type { Trouble } from './aws-over.js';
import type { RecoveryWorld } from './recovery-world.js';

/** Where a step can do its work, what it is given, and what of the world its work shows in. */
export interface StepExample {
  readonly world: () => Promise<RecoveryWorld>;
  readonly input: (world: RecoveryWorld) => unknown;
  readonly observe: (world: RecoveryWorld) => unknown;
}
export interface Finished {
  readonly handle: unknown;
  readonly output: unknown;
  readonly evidence: readonly Evidence[];
}

/** Carries one attempt out as the engine does: transient means look again, time passes between looks and at no other moment. */
export const carryOut = async (step: Step, input: unknown, world: RecoveryWorld, changes: Partial<StepContext> = {}): Promise<Finished> => {
  const startedAt = instant(world.now());
  const until = world.now() + step.limitSeconds * 1000;
  const ctx = (): StepContext => world.context({ startedAt, ...changes });
  const patiently = async <T>(verb: () => Promise<T | undefined>): Promise<T> => {
    for (; world.now() <= until; await world.pass(step.paceSeconds)) {
      try {
        const answer = await verb();
        if (answer !== undefined) return answer;
      } catch (error) {
        if (!(error instanceof RecoveryError) || error.kind !== 'transient') throw error;
      }
    }
    throw new RecoveryError('timed-out', 'timed-out', `${step.uses} was not done within ${step.limitSeconds} s`);
  };
  const handle = await patiently(async () => ({ of: plain(await step.start(input, ctx())) }));
  const looked = await patiently(async () => {
    const look = await step.poll(handle.of, input, ctx());
    return look.is === 'done' ? look : undefined;
  });
  const output = plain(looked.output);
  return { handle: handle.of, output, evidence: await patiently(() => step.verify(output, input, ctx())) };
};

/** A gate of one check, carried out. */
export const askCheck = async (
  check: Check,
  input: unknown,
  world: RecoveryWorld,
  changes: Partial<StepContext> = {},
): Promise<Evidence> => {
  const { evidence } = await carryOut(gate([{ check, with: input }]), undefined, world, changes);
  return evidence[0]!;
};

/** As the journal gives things back. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null)) as unknown;

const heldAll = (evidence: readonly Evidence[]): void => {
  expect(evidence.length).toBeGreaterThan(0);
  expect(evidence.filter(({ holds }) => holds !== true)).toEqual([]);
};

/** What every step promises, tried at every call it makes. */
export const stepSuite = (step: Step, example: StepExample): void => {
  const fresh = async () => {
    const world = await example.world();
    return { world, input: step.input.parse(example.input(world)) };
  };
  /** One run without trouble: what the world is to look like, and how many calls it took. */
  const once = async () => {
    const { world, input } = await fresh();
    world.troubled(undefined);
    const finished = await carryOut(step, input, world);
    return { finished, asked: [...world.asked], observed: await example.observe(world), world };
  };
  let ran: ReturnType<typeof once> | undefined;
  const expected = () => (ran ??= once());
  /** Looks repeat themselves: of each operation the first two calls and the last are troubled. */
  const troubles = async (kind: Trouble['kind']): Promise<Trouble[]> => {
    const { asked } = await expected();
    const calls = asked.map(({ operation }, at) => ({ operation, at: at + 1 }));
    const of = (operation: string) => calls.filter((call) => call.operation === operation).map(({ at }) => at);
    return calls
      .filter(({ operation, at }) => [...of(operation).slice(0, 2), of(operation).at(-1)].includes(at))
      .map(({ at }) => ({ at, kind }));
  };

  describe(step.uses, () => {
    it('does its work, with evidence', async () => {
      const { finished } = await expected();
      heldAll(finished.evidence);
    });

    it('may be started twice: one effect', async () => {
      const { observed } = await expected();
      const { world, input } = await fresh();
      await step.start(input, world.context());
      heldAll((await carryOut(step, input, world)).evidence);
      expect(await example.observe(world)).toEqual(observed);
    });

    it('asks nothing of the lost region, and only what its IAM actions allow', async () => {
      const { asked, world } = await expected();
      expect(asked.filter(({ region }) => region === world.from.region)).toEqual([]);
      expect([...new Set(asked.map(actionOf))].filter((action) => !step.iam.includes(action))).toEqual([]);
    });

    it.each(['throttled', 'answer-lost'] as const)('does its work once when any call is %s', async (kind) => {
      const { observed } = await expected();
      for (const trouble of await troubles(kind)) {
        const { world, input } = await fresh();
        world.troubled(trouble);
        heldAll((await carryOut(step, input, world)).evidence);
        expect({ trouble, observed: await example.observe(world) }).toEqual({ trouble, observed });
      }
    });

    it('holds when any call is refused, and does its work once when tried again', async () => {
      const { observed } = await expected();
      for (const trouble of await troubles('denied')) {
        const { world, input } = await fresh();
        world.troubled(trouble);
        await expect(carryOut(step, input, world)).rejects.toMatchObject({ kind: 'rejected', code: 'AccessDeniedException' });
        heldAll((await carryOut(step, input, world, world.attempt(2))).evidence);
        expect({ trouble, observed: await example.observe(world) }).toEqual({ trouble, observed });
      }
    });

    if (typeof step.undo === 'function') {
      const { undo } = step;
      it('undone, leaves the world as it was', async () => {
        const { world, input } = await fresh();
        const before = await example.observe(world);
        const { handle } = await carryOut(step, input, world);
        await undo(handle, input, world.context());
        await world.pass(3600);
        expect(await example.observe(world)).toEqual(before);
      });
    }
  });
};

const prefixes: Readonly<Record<string, string>> = {
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'secrets-manager': 'secretsmanager',
};
const actionOf = ({ service, operation }: { service: string; operation: string }): string => `${prefixes[service] ?? service}:${operation}`;
