import { expect, it } from '@jest/globals';
import { fenceOutwaitLease } from '../../../recovery/steps/fence-outwait-lease.js';
import { instant } from '../../../recovery/model/time.js';
import { recoveryWorld } from '../../helpers/recovery-world.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

stepSuite(fenceOutwaitLease, {
  world: async () => recoveryWorld(),
  input: (world) => ({ raisedAt: instant(world.now()) }),
  observe: () => null,
});

it('waits for lease and clock skew together, counted from when the epoch was raised', async () => {
  const world = recoveryWorld();
  const raised = world.now() - 12_000;
  await carryOut(fenceOutwaitLease, { raisedAt: instant(raised) }, world);
  const { leaseSeconds, clockSkewSeconds } = world.targets.global;
  const waited = (world.now() - raised) / 1000;
  expect(waited).toBeGreaterThanOrEqual(leaseSeconds + clockSkewSeconds);
  expect(waited).toBeLessThan(leaseSeconds + clockSkewSeconds + fenceOutwaitLease.paceSeconds);
});

it('is not satisfied by an output from before the lease was over', async () => {
  const world = recoveryWorld();
  const raisedAt = instant(world.now());
  const [evidence] = await fenceOutwaitLease.verify({ outwaitedAt: instant(world.now() + 34_999) }, { raisedAt }, world.context());
  expect(evidence?.holds).toBe(false);
});
