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
  /** What it makes holds data, and therefore outlives its undoing. */
  readonly holdsData?: boolean;
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
      /** Asked until it is done, as the engine does; what it says stays behind. */
      const takenBack = async (handle: unknown, input: unknown, world: RecoveryWorld): Promise<readonly string[]> => {
        const startedAt = instant(world.now());
        for (const until = world.now() + step.limitSeconds * 1000; world.now() <= until; await world.pass(step.paceSeconds)) {
          const looked = await undo(handle, input, world.context({ startedAt })).catch((error: unknown) => {
            if (error instanceof RecoveryError && error.kind === 'transient') return { is: 'pending' as const };
            throw error;
          });
          if (looked.is === 'done') return looked.output.left;
        }
        throw new Error(`${step.uses} was not undone within ${step.limitSeconds} s`);
      };
      const doneAndUndone = async (trouble?: Trouble, noted = true) => {
        const { world, input } = await fresh();
        const before = await example.observe(world);
        const { handle } = await carryOut(step, input, world);
        const done = await example.observe(world);
        world.troubled(trouble);
        const left = await takenBack(noted ? handle : null, input, world);
        return { world, input, handle, before, done, left, asked: [...world.asked], after: await example.observe(world) };
      };

      it(
        example.holdsData ? 'undone, leaves what holds data where it is, and names it' : 'undone, leaves the world as it was',
        async () => {
          const { before, done, left, after } = await doneAndUndone();
          expect(after).toEqual(example.holdsData ? done : before);
          expect(left.length).toBe(example.holdsData ? 1 : 0);
        },
      );

      it('undone, though nobody noted what its start answered, or undone again, comes to the same', async () => {
        const { after, left } = await doneAndUndone();
        const unnoted = await doneAndUndone(undefined, false);
        expect({ after: unnoted.after, left: unnoted.left }).toEqual({ after, left });
        expect(await takenBack(unnoted.handle, unnoted.input, unnoted.world)).toEqual(left);
        expect(await example.observe(unnoted.world)).toEqual(after);
      });

      it.each(['throttled', 'answer-lost'] as const)('undone, comes to the same when any call is %s', async (kind) => {
        const { after, left, asked } = await doneAndUndone();
        for (const at of asked.keys()) {
          const troubled = await doneAndUndone({ at: at + 1, kind });
          expect({ at, after: troubled.after, left: troubled.left }).toEqual({ at, after, left });
        }
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
